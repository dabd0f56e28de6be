/*
measure: gate_wait
title: Wait at manual gates
question: How long does a pipeline wait for somebody to go on?
rule: From when a manual job could begin to when it was begun, of manual jobs that say both.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [pipeline_run, pipeline_job]
connect: a source of pipelines that says which jobs are manual, and when they were queued and begun, would bring them
fact: manual job
facts: manual jobs
cut: gate
*/
select
  r.service,
  j.started_at as occurred_at,
  date_diff('second', j.queued_at, j.started_at) as value,
  null as is_hit,
  j.pipeline_job_id as subject,
  j.name as cut
from model.pipeline_job as j
join model.pipeline_run as r on r.pipeline_run_id = j.pipeline_run_id
where j.is_manual and j.started_at >= j.queued_at
order by occurred_at, subject
