/*
title: What controls say in dossiers
grain: one row per dossier, control and unit that belongs to it
rule: Its deployments, the change requests that they go by, the releases that they put into production, and the incidents that are accepted as their effect
version: 1
*/
with member as (
  select unit, 'deployment' as unit_kind, deployment_id as member
  from dossier_attempt
  union
  select unit, 'change_request', change_request_id
  from dossier_request
  union
  select a.unit, 'release', d.service || '@' || d.version
  from dossier_attempt as a
  join controls.production_deployment as d on d.deployment_id = a.deployment_id
  where d.version is not null
  union
  select a.unit, 'incident', l.incident_id
  from dossier_attempt as a
  join controls.production_deployment as d on d.deployment_id = a.deployment_id
  join correlation.incident_link as l on l.wave_id = d.wave_id and l.service = d.service
  where l.is_accepted
)
select
  m.unit,
  r.control,
  c.title,
  c.family,
  r.severity,
  r.unit_kind,
  r.unit as judged_unit,
  r.status,
  r.is_not_due,
  r.reason,
  r.evidence,
  r.exemptions
from member as m
join controls.result as r on r.unit_kind = m.unit_kind and r.unit = m.member
join controls.control as c on c.control = r.control
order by
  m.unit,
  case r.status when 'fail' then 1 when 'unknown' then 2 when 'exempt' then 3 when 'pass' then 4 else 5 end,
  c.family,
  r.control,
  r.unit_kind,
  r.unit
