/*
measure: queue_time
title: Time in the queue
question: How long does a pipeline wait before anything runs?
rule: >
  From queueing a run to its start, each attempt of its own, less what it waited in between for a runner or environment to be made. Without a record of provisioning that wait is part of it.
version: 2
unit: seconds
statistic: median
better: lower
made_from: [pipeline_run, provisioning]
connect: a source of pipelines that says when a run was queued and when it began would bring them
fact: pipeline run
facts: pipeline runs
*/
with waited as (
  select pipeline_run_id, sum(in_queue) as seconds
  from practices.provisioning_spell
  group by pipeline_run_id
)
select
  r.service,
  r.started_at as occurred_at,
  date_diff('second', r.queued_at, r.started_at) - coalesce(w.seconds, 0) as value,
  null as is_hit,
  r.pipeline_run_id as subject,
  null as cut
from model.pipeline_run as r
left join waited as w on w.pipeline_run_id = r.pipeline_run_id
where r.started_at >= r.queued_at
order by occurred_at, subject
