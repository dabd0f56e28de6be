/*
measure: queue_time
title: Time in the queue
question: How long does a pipeline wait before anything runs?
rule: From queueing a run to its start, each attempt of its own. It is waiting for a machine, or for one to be made.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [pipeline_run]
connect: a source of pipelines that says when a run was queued and when it began would bring them
fact: pipeline run
facts: pipeline runs
*/
select
  service,
  started_at as occurred_at,
  date_diff('second', queued_at, started_at) as value,
  null as is_hit,
  pipeline_run_id as subject,
  null as cut
from model.pipeline_run
where started_at >= queued_at
order by occurred_at, subject
