/*
title: Changes that incidents name
grain: one row per incident, reference and production wave that first shipped the change
rule: >
  By id, address or merge commit, of the incident's service where it names one; by number only within it. What is a deployment's id is nothing else
*/
with reference as (
  select r.incident_id, r.service, r.started_at, r.reference, r.is_stated, r.place, r.number, r.may_be_id, r.may_be_commit
  from correlation.incident_reference as r
  where not exists (
    select 1 from correlation.reference_deployment as d where d.incident_id = r.incident_id and d.reference = r.reference
  )
),
-- From what is referred to, which is little, to the changes, of which there are many.
known as (
  select r.incident_id, r.reference, c.change_id
  from model.change as c
  join reference as r on r.reference = c.change_id
  where r.may_be_id
  union
  select r.incident_id, r.reference, c.change_id
  from model.change as c
  join reference as r on r.reference = c.native_id
  where r.may_be_id
  union
  select r.incident_id, r.reference, c.change_id
  from model.change as c
  join reference as r on r.reference = c.url
  where r.may_be_id
  union
  select r.incident_id, r.reference, c.change_id
  from model.change as c
  join reference as r on lower(left(r.reference, 7)) = left(c.merge_sha, 7) and starts_with(c.merge_sha, lower(r.reference))
  where r.may_be_commit
),
numbered as (
  select c.change_id, c.number
  from model.change as c
  join (select distinct number from reference where service is not null) as n on n.number = c.number
),
named as (
  select r.incident_id, r.reference, r.is_stated, r.place, r.started_at, s.wave_id
  from model.wave_change as s
  join known as k on k.change_id = s.change_id
  join reference as r on r.incident_id = k.incident_id and r.reference = k.reference and (r.service is null or r.service = s.service)
  union
  select r.incident_id, r.reference, r.is_stated, r.place, r.started_at, s.wave_id
  from model.wave_change as s
  join numbered as c on c.change_id = s.change_id
  join reference as r on r.service = s.service and r.number = c.number
)
select n.incident_id, n.reference, n.is_stated, n.place, 'change' as what, n.wave_id
from named as n
join model.wave as w on w.wave_id = n.wave_id
where n.is_stated or w.started_at <= n.started_at
order by n.incident_id, n.reference, n.wave_id
