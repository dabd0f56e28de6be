/*
measure: run_time
title: Time of a run
question: How long does a pipeline run, once it has begun?
rule: From a run's start to its end, each attempt of its own. Waits for people in between are part of it.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [pipeline_run]
connect: a source of pipelines that says when a run began and ended would bring them
fact: pipeline run
facts: pipeline runs
cut: how it ended
*/
select
  service,
  finished_at as occurred_at,
  date_diff('second', started_at, finished_at) as value,
  null as is_hit,
  pipeline_run_id as subject,
  coalesce(conclusion, 'not known') as cut
from model.pipeline_run
where finished_at >= started_at
order by occurred_at, subject
