/*
title: Deployments that incidents name
grain: one row per incident, reference and production wave
rule: By id, as the source gives it or as the product shows it, or by address
*/
with known as (
  select native_id as reference, wave_id
  from model.deployment
  where wave_id is not null
  union
  select deployment_id as reference, wave_id
  from model.deployment
  where wave_id is not null
  union
  select url as reference, wave_id
  from model.deployment
  where wave_id is not null and url is not null
)
select r.incident_id, r.reference, r.is_stated, r.place, 'deployment' as what, k.wave_id
from correlation.incident_reference as r
join known as k on k.reference = r.reference
join model.wave as w on w.wave_id = k.wave_id
where r.may_be_id and (r.is_stated or w.started_at <= r.started_at)
order by r.incident_id, r.reference, k.wave_id
