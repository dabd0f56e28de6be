/*
title: Rollbacks
grain: one row per production wave that is a rollback
rule: >
  stated; or deploys a strict ancestor of the commit live before it in the same service, environment and release line; or
  redeploys the last good commit after an attempt that failed there. The failure is the deployment live at the
  rollback (design 3)
description: "`failed_wave_id` is null where what is rolled back never went live."
*/
with named as (
  select d.deployment_id, d.service, d.rollback_of
  from model.reported_deployment as d
  where d.rollback_of is not null
),
target as (
  select n.deployment_id, t.deployment_id as target_deployment_id
  from model.reported_deployment as t
  join named as n on n.service = t.service and n.rollback_of = t.native_id
  union
  select n.deployment_id, t.deployment_id as target_deployment_id
  from model.reported_deployment as t
  join named as n on n.service = t.service and n.rollback_of = t.deployment_id
),
stated as (
  select
    w.wave_id,
    min(t.target_deployment_id) as target_deployment_id,
    max(l.wave_id) as target_wave_id
  from model.wave_deployment as w
  join named as n on n.deployment_id = w.deployment_id
  left join target as t on t.deployment_id = n.deployment_id
  left join model.wave_deployment as l on l.deployment_id = t.target_deployment_id
  group by w.wave_id
),
failed_attempt as (
  select d.deployment_id, d.service, d.wave_name, coalesce(d.sha, d.version, d.deployment_id) as identity, d.started_at
  from model.reported_deployment as d
  where d.status = 'failure' and d.environment_kind = 'production' and d.excluded_reason is null
),
last_good as (
  select wave_id, lag(wave_id) over (partition by service, wave_name order by live_at, wave_id) as before_wave_id
  from model.wave_position
),
after_failure as (
  select distinct b.wave_id
  from model.wave_before as b
  join last_good as g on g.wave_id = b.wave_id and g.before_wave_id = b.before_wave_id
  join model.wave_position as w on w.wave_id = b.wave_id
  join model.wave_position as before on before.wave_id = b.before_wave_id
  join failed_attempt as f
    on
      f.service = w.service
      and f.wave_name = w.wave_name
      and f.identity <> w.identity
      and f.started_at >= before.live_at
      and f.started_at < w.live_at
  where b.relation = 'same'
)
select
  w.wave_id,
  w.service,
  case
    when s.wave_id is not null then 'stated'
    when b.relation = 'ancestor' then 'older commit'
    else 'last good commit after a failed attempt'
  end as recognised_by,
  case
    when s.target_deployment_id is not null then s.target_wave_id
    when s.wave_id is not null and b.relation = 'same' then null
    when s.wave_id is not null or b.relation = 'ancestor' then b.before_wave_id
  end as failed_wave_id
from model.wave_position as w
left join stated as s on s.wave_id = w.wave_id
left join model.wave_before as b on b.wave_id = w.wave_id
left join after_failure as f on f.wave_id = w.wave_id
where s.wave_id is not null or b.relation = 'ancestor' or f.wave_id is not null
order by w.wave_id
