/*
measure: run_time
title: Time of a run
question: How long does a pipeline run, once it has begun?
rule: >
  From a run's start to its end, each attempt of its own, less what it waited in between for a runner or environment to be made, where that is on record. Waits for people are part of it.
version: 2
unit: seconds
statistic: median
better: lower
made_from: [pipeline_run, provisioning]
connect: a source of pipelines that says when a run began and ended would bring them
fact: pipeline run
facts: pipeline runs
cut: how it ended
*/
with waited as (
  select pipeline_run_id, sum(in_run) as seconds
  from practices.provisioning_spell
  group by pipeline_run_id
)
select
  r.service,
  r.finished_at as occurred_at,
  date_diff('second', r.started_at, r.finished_at) - coalesce(w.seconds, 0) as value,
  null as is_hit,
  r.pipeline_run_id as subject,
  coalesce(r.conclusion, 'not known') as cut
from model.pipeline_run as r
left join waited as w on w.pipeline_run_id = r.pipeline_run_id
where r.finished_at >= r.started_at
order by occurred_at, subject
