/*
measure: divergent_retries
title: Retries that came out otherwise
question: How often does the same run of the same commit fail once and pass once?
rule: >
  Among runs of which more than one attempt ended with success or failure, those in which both happened. What comes out otherwise without a
  change is not repeatable: a step that is not idempotent, or a test that is not stable.
version: 1
unit: ratio
statistic: share
better: lower
made_from: [pipeline_run]
connect: a source of pipelines that keeps each attempt with its outcome would bring them
fact: retried run
facts: retried runs
*/
with run as (
  select
    source,
    native_id,
    max(service) as service,
    max(coalesce(finished_at, started_at)) as occurred_at,
    count(distinct conclusion) as outcomes,
    count(*) as attempts,
    min(pipeline_run_id) as subject
  from model.pipeline_run
  where conclusion in ('success', 'failure')
  group by source, native_id
)
select service, occurred_at, null as value, outcomes > 1 as is_hit, subject, null as cut
from run
where attempts > 1
order by occurred_at, subject
