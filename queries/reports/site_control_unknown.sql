/*
title: What controls cannot judge, and for want of what
grain: one row per control, kind of record that nobody knows to be complete (null = the unit's own records do not say), and service
*/
with wanting as (
  select r.control, u.words, r.service, r.occurred_at, r.unit, r.reason
  from controls.result as r
  left join controls.uncovered_need as u on u.control = r.control and u.unit_kind = r.unit_kind and u.unit = r.unit
  where r.status = 'unknown'
),
grouped as (
  select
    control,
    words,
    service,
    count(*) as units,
    min(occurred_at) as first_at,
    max(occurred_at) as last_at,
    min_by(reason, struct_pack(a := unit, b := reason)) as example
  from wanting
  group by control, words, service
)
select
  row_number() over (partition by g.control order by g.units desc, g.words, g.service) as position,
  g.control,
  g.words,
  g.service,
  coalesce(s.title, g.service) as service_title,
  g.units::bigint as units,
  g.first_at,
  g.last_at,
  g.example
from grouped as g
left join model.service as s on s.service = g.service
order by g.control, position
