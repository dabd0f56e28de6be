/*
measure: manual_steps
title: Manual steps per deployment
question: How many steps of a deployment does somebody have to start by hand?
rule: Manual jobs of the pipeline run that made a production deployment, at its last attempt; deployments whose run has no job on record are not counted.
version: 1
unit: steps
statistic: mean
better: lower
made_from: [deployment, pipeline_run, pipeline_job]
connect: deployments that name their pipeline run, and a source of its jobs, would bring them
fact: deployment
facts: deployments
*/
with run as (
  select pipeline_run_id, count(*) filter (where is_manual) as manual_jobs
  from model.pipeline_job
  group by pipeline_run_id
)
select
  d.service,
  d.occurred_at,
  r.manual_jobs as value,
  null as is_hit,
  d.deployment_id as subject,
  null as cut
from controls.production_deployment as d
join controls.deployment_trigger as t on t.deployment_id = d.deployment_id
join run as r on r.pipeline_run_id = t.pipeline_run_id
order by d.occurred_at, subject
