/*
title: Production deployments
grain: >
  one row per wave: a commit or version of a service brought to production, its copies counted once
description: >
  Live at the first success, complete at the last. `kind` is rollback, redeployment (the same commit as is live)
  or deployment. `failed_wave_id` is what a rollback took out of service.
*/
with numbered as (
  select wave_id, row_number() over (partition by service order by live_at, wave_id) as sequence
  from model.wave_position
),
attempt as (
  select w.wave_id, count(*) as attempts
  from model.wave_deployment as w
  group by w.wave_id
)
select
  w.wave_id,
  w.service,
  w.wave_name as environment,
  w.repository,
  w.sha,
  w.version,
  w.started_at,
  w.live_at,
  w.completed_at,
  w.copies,
  a.attempts,
  w.position,
  w.position_basis,
  w.is_on_main_line,
  case
    when r.wave_id is not null then 'rollback'
    when b.relation = 'same' then 'redeployment'
    else 'deployment'
  end as kind,
  r.recognised_by as rollback_recognised_by,
  r.failed_wave_id,
  n.sequence = 1 as is_first,
  w.train,
  w.deployer,
  w.url
from model.wave_position as w
join numbered as n on n.wave_id = w.wave_id
join attempt as a on a.wave_id = w.wave_id
left join model.wave_before as b on b.wave_id = w.wave_id
left join model.rollback as r on r.wave_id = w.wave_id
order by w.wave_id
