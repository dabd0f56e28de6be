/*
title: "Evidence: the incident names the deployment, or what is in it"
grain: one row per incident, production wave and reference
rule: Stated counts 1, named in a text as configured. A text names a cause only if the deployment began before the incident
*/
with reference as (
  select incident_id, reference, is_stated, place, what, wave_id from correlation.reference_deployment
  union all
  select incident_id, reference, is_stated, place, what, wave_id from correlation.reference_wave
  union all
  select incident_id, reference, is_stated, place, what, wave_id from correlation.reference_change
  union all
  select incident_id, reference, is_stated, place, what, wave_id from correlation.reference_ticket
),
worded as (
  select
    incident_id,
    wave_id,
    is_stated,
    'names ' || what || ' ' || reference || case when is_stated then '' else ' (' || place || ')' end as reason
  from reference
)
select
  r.incident_id,
  r.wave_id,
  case when r.is_stated then 'stated' else 'named' end as kind,
  case when r.is_stated then 1::double else s.strength end as strength,
  r.reason,
  r.reason as words
from worded as r
join staging.config_link_strength as s on s.kind = 'named'
order by r.incident_id, r.wave_id, reason
