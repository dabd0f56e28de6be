/*
title: Deployment attempts of releases on pages
grain: one row per release and deployment attempt
rule: an attempt is approved by a decision on it, or on a change request that it names, not later than its start
description: >
  In the order of promotion by `position`: environments by their rank, else production last; within one by time. The
  pipeline run is the last attempt of the run that the deployment names. `approval` is null where no decision was collected
  at all.
*/
with approved as (
  select
    deployment_id,
    count(*) filter (where decision = 'approved' and timing = 'before the start') as in_time,
    count(*) filter (where decision = 'approved' and timing = 'after the start') as late,
    count(*) filter (where decision = 'approved') as approvals,
    count(*) filter (where decision = 'rejected') as rejections
  from reports.deployment_decision
  group by deployment_id
),
run as (
  select
    source, native_id, workflow, attempt, conclusion, url,
    row_number() over (partition by source, native_id order by attempt desc, pipeline_run_id) as choice
  from model.pipeline_run
)
select
  d.service,
  d.version,
  row_number() over (
    partition by d.service, d.version
    order by d.environment_kind = 'production', e.promotion_rank nulls first, d.environment, d.started_at nulls last, d.deployment_id
  ) as position,
  d.deployment_id,
  d.native_id,
  d.attempt,
  d.environment,
  d.environment_kind,
  d.sha,
  d.status,
  d.started_at,
  d.finished_at,
  d.live_at,
  d.duration_seconds,
  d.deployer,
  d.pipeline_run,
  r.workflow,
  r.conclusion as run_conclusion,
  r.url as run_url,
  d.wave_id,
  p.month,
  p.page,
  d.wave_kind,
  d.change_requests,
  case
    when a.in_time > 0 then 'before the start'
    when a.rejections > 0 then 'rejected'
    when a.late > 0 then 'after the start'
    when a.approvals > 0 then 'time not recorded'
    when k.has_approvals then 'none known'
  end as approval,
  d.url,
  d.excluded_reason
from reports.release_deployments as d
cross join reports.site_release_source as k
left join approved as a on a.deployment_id = d.deployment_id
left join reports.site_wave_place as p on p.wave_id = d.wave_id
left join model.environment as e on e.environment = d.environment
left join run as r on r.source = d.source and r.native_id = d.pipeline_run and r.choice = 1
order by d.service, d.version, position
