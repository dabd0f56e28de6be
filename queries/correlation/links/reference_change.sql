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
known as (
  select change_id as reference, change_id from model.change
  union
  select native_id as reference, change_id from model.change
  union
  select url as reference, change_id from model.change where url is not null
),
numbered as (
  select s.service, c.number, s.wave_id
  from model.wave_change as s
  join model.change as c on c.change_id = s.change_id
  where c.number is not null
),
named as (
  select r.incident_id, r.reference, r.is_stated, r.place, r.started_at, s.wave_id
  from reference as r
  join known as k on k.reference = r.reference
  join model.wave_change as s on s.change_id = k.change_id and (r.service is null or s.service = r.service)
  where r.may_be_id
  union
  select r.incident_id, r.reference, r.is_stated, r.place, r.started_at, s.wave_id
  from reference as r
  join model.change as c
    on left(c.merge_sha, 7) = lower(left(r.reference, 7)) and starts_with(c.merge_sha, lower(r.reference))
  join model.wave_change as s on s.change_id = c.change_id and (r.service is null or s.service = r.service)
  where r.may_be_commit
  union
  select r.incident_id, r.reference, r.is_stated, r.place, r.started_at, n.wave_id
  from reference as r
  join numbered as n on n.service = r.service and n.number = r.number
)
select n.incident_id, n.reference, n.is_stated, n.place, 'change' as what, n.wave_id
from named as n
join model.wave as w on w.wave_id = n.wave_id
where n.is_stated or w.started_at <= n.started_at
order by n.incident_id, n.reference, n.wave_id
