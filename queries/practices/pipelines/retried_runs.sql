/*
measure: retried_runs
title: Retried runs
question: What share of pipeline runs is tried again?
rule: Runs of which more than one attempt is known, among all; filed by the first attempt.
version: 1
unit: ratio
statistic: share
better: lower
made_from: [pipeline_run]
connect: a source of pipelines that keeps each attempt, such as GitHub, GitLab or a file, would bring them
fact: pipeline run
facts: pipeline runs
*/
with run as (
  select
    source,
    native_id,
    max(service) as service,
    min(coalesce(started_at, queued_at, finished_at)) as occurred_at,
    max(attempt) as attempts,
    min(pipeline_run_id) as subject
  from model.pipeline_run
  group by source, native_id
)
select service, occurred_at, null as value, attempts > 1 as is_hit, subject, null as cut
from run
order by occurred_at, subject
