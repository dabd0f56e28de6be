/*
measure: provisioning_share
title: Share of a pipeline's time spent on provisioning
question: What part of the time from queueing to end is a wait for machines and environments?
rule: >
  Seconds of a run, from queueing (else start) to end, in which it waited for at least one runner or environment that it had asked for, among all its seconds; of runs that asked for one.
  Waits at the same time count once.
version: 1
unit: ratio
statistic: median
better: lower
made_from: [provisioning, pipeline_run]
connect: a file of provisioning that names pipeline runs, and a source of those runs, would bring them
fact: pipeline run
facts: pipeline runs
*/
with waited as (
  select pipeline_run_id, sum(in_queue + in_run) as seconds
  from practices.provisioning_spell
  group by pipeline_run_id
)
select
  r.service,
  r.finished_at as occurred_at,
  w.seconds::double / date_diff('second', coalesce(least(r.queued_at, r.started_at), r.started_at), r.finished_at) as value,
  null as is_hit,
  r.pipeline_run_id as subject,
  null as cut
from waited as w
join model.pipeline_run as r on r.pipeline_run_id = w.pipeline_run_id
where r.finished_at > coalesce(least(r.queued_at, r.started_at), r.started_at)
order by occurred_at, subject
