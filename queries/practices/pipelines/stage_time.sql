/*
measure: stage_time
title: Time of a stage
question: How long do the stages of a pipeline run?
rule: From a job's start to its end, of jobs that ended. Jobs of one name are one stage; a job that was skipped or waits for somebody is none.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [pipeline_run, pipeline_job]
connect: a source of pipelines with their jobs, such as GitHub, GitLab or a file, would bring them
fact: job
facts: jobs
cut: stage
*/
select
  r.service,
  j.finished_at as occurred_at,
  date_diff('second', j.started_at, j.finished_at) as value,
  null as is_hit,
  j.pipeline_job_id as subject,
  j.name as cut
from model.pipeline_job as j
join model.pipeline_run as r on r.pipeline_run_id = j.pipeline_run_id
where j.finished_at >= j.started_at and not j.is_manual and coalesce(j.conclusion, '') <> 'skipped'
order by occurred_at, subject
