/*
title: "Attribute of deployments: time since the last one"
grain: one row per production wave but the first of each service
description: Whole hours from when the deployment of the service before went live, rollbacks among them, until this one did.
*/
with placed as (
  select wave_id, live_at, lag(live_at) over (partition by service order by live_at, wave_id) as live_before
  from model.wave
)
select
  wave_id as subject,
  'since_last' as attribute,
  null::boolean as flag,
  null::varchar as category,
  (date_diff('second', live_before, live_at) // 3600)::double as number
from placed
where live_before is not null
order by subject
