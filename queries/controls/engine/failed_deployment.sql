/*
title: Production deployments that failed or were rolled back
grain: one row per attempt
description: "`failed_at` is when it ended as failed, or when the rollback went live."
*/
with rolled_back as (
  select failed_wave_id as wave_id, min(live_at) as rolled_back_at, min(wave_id) as rollback_wave_id
  from model.wave
  where failed_wave_id is not null
  group by failed_wave_id
)
select
  d.deployment_id,
  d.service,
  d.status = 'failure' as is_failed_attempt,
  case when d.status = 'failure' then coalesce(d.finished_at, d.occurred_at) else r.rolled_back_at end as failed_at,
  r.rolled_back_at,
  r.rollback_wave_id
from controls.production_deployment as d
left join rolled_back as r on r.wave_id = d.wave_id
where d.status = 'failure' or r.wave_id is not null
order by d.deployment_id
