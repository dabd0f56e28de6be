/*
title: Production deployments, each with its circumstances
grain: one row per wave
description: >
  Newest first by `position`. `rolled_back_` columns tell the failed deployment that a rollback took out of service, `removed_by_` columns the
  first rollback that took this one out of service, as the failure or, withdrawn, together with one.
*/
with carried as (
  select wave_id, count(*) as changes
  from model.wave_change
  group by wave_id
),
member as (
  select
    w.wave_id,
    string_agg(distinct d.environment, ', ' order by d.environment) as environments,
    min(d.branch) as branch
  from model.wave_deployment as w
  join model.deployment as d on d.deployment_id = w.deployment_id
  group by w.wave_id
),
before as (
  select then_wave_id as wave_id, count(*) as failed_attempts
  from reports.site_deployment_attempt
  where not is_excluded and then_wave_id is not null
  group by then_wave_id
),
removal as (
  select failed_wave_id as wave_id, wave_id as rollback_wave_id, false as is_withdrawn, live_at
  from model.wave
  where failed_wave_id is not null
  union all
  select x.wave_id, x.rollback_wave_id, true as is_withdrawn, w.live_at
  from model.withdrawn_wave as x
  join model.wave as w on w.wave_id = x.rollback_wave_id
),
first_removal as (
  select
    wave_id, rollback_wave_id, is_withdrawn,
    row_number() over (partition by wave_id order by live_at, rollback_wave_id) as choice
  from removal
),
named as (
  select w.wave_id, coalesce(w.version, left(w.sha, 10), w.wave_id) as name, p.month, p.page
  from model.wave as w
  join reports.site_wave_place as p on p.wave_id = w.wave_id
)
select
  w.service,
  p.position,
  p.month,
  p.page,
  w.wave_id,
  n.name,
  w.version,
  v.version is not null as has_release,
  w.sha,
  w.live_at,
  w.completed_at,
  case when w.completed_at > w.started_at then date_diff('second', w.started_at, w.completed_at) end as duration_seconds,
  w.kind,
  w.rollback_recognised_by,
  f.name as rolled_back_name,
  w.failed_wave_id as rolled_back_wave_id,
  f.month as rolled_back_month,
  f.page as rolled_back_page,
  b.name as removed_by_name,
  x.rollback_wave_id as removed_by_wave_id,
  b.month as removed_by_month,
  b.page as removed_by_page,
  coalesce(x.is_withdrawn, false) as is_withdrawn,
  w.copies,
  m.environments,
  case when not w.is_on_main_line then coalesce(m.branch, 'a branch') end as off_main_line,
  w.train,
  coalesce(c.changes, 0) as changes,
  coalesce(a.failed_attempts, 0) as failed_attempts,
  o.outcome,
  case when o.outcome = 'pending' then w.completed_at + to_seconds(getvariable('observation_window')) end as pending_until,
  o.is_failure,
  o.failure_words as failure_reasons,
  o.is_rework,
  o.rework_words as rework_reasons,
  r.restored_at,
  r.recovery_seconds,
  r.open_seconds,
  coalesce(r.is_during_rollout, false) as is_during_rollout,
  u.shown_as as deployer,
  w.url
from model.wave as w
join reports.site_wave_place as p on p.wave_id = w.wave_id
join named as n on n.wave_id = w.wave_id
join member as m on m.wave_id = w.wave_id
join metrics.wave_outcome as o on o.wave_id = w.wave_id
left join metrics.recovery_fact as r on r.wave_id = w.wave_id
left join named as f on f.wave_id = w.failed_wave_id
left join first_removal as x on x.wave_id = w.wave_id and x.choice = 1
left join named as b on b.wave_id = x.rollback_wave_id
left join carried as c on c.wave_id = w.wave_id
left join before as a on a.wave_id = w.wave_id
left join reports.release_scope as v on v.service = w.service and v.version = w.version
left join model.actor as u on u.login = w.deployer
order by w.service, p.position
