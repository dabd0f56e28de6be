/*
title: Tickets and change requests that incidents name
grain: one row per incident, reference, what it is and production wave
rule: >
  A ticket leads to the waves that first shipped a change for it, a change request to those that it authorised; of the incident's service where it
  names one. What is a deployment's id is nothing else
*/
with reference as (
  select r.incident_id, r.service, r.started_at, r.reference, r.is_stated, r.place
  from correlation.incident_reference as r
  where not exists (
    select 1 from correlation.reference_deployment as d where d.incident_id = r.incident_id and d.reference = r.reference
  )
),
ticketed as (
  select change_id, unnest(tickets) as ticket
  from model.change
),
requested as (
  select d.wave_id, q.native_id as reference
  from model.deployment_request as a
  join model.change_request as q on q.change_request_id = a.change_request_id
  join model.deployment as d on d.deployment_id = a.deployment_id
  where d.wave_id is not null
),
named as (
  select r.incident_id, r.reference, r.is_stated, r.place, 'ticket' as what, r.started_at, s.wave_id
  from reference as r
  join ticketed as t on t.ticket = r.reference
  join model.wave_change as s on s.change_id = t.change_id and (r.service is null or s.service = r.service)
  union
  select r.incident_id, r.reference, r.is_stated, r.place, 'change request' as what, r.started_at, q.wave_id
  from reference as r
  join requested as q on q.reference = r.reference
  join model.wave as w on w.wave_id = q.wave_id and (r.service is null or w.service = r.service)
)
select n.incident_id, n.reference, n.is_stated, n.place, n.what, n.wave_id
from named as n
join model.wave as w on w.wave_id = n.wave_id
where n.is_stated or w.started_at <= n.started_at
order by n.incident_id, n.reference, n.what, n.wave_id
