/*
title: What controls cannot judge, and for want of what
grain: one row per control, kind of record that nobody knows to be complete (null = the unit's own records do not say), and service
description: "`found` counts all rows of the control."
*/
with wanting as (
  select control, unknown_words as words, service, occurred_at, reason, unit
  from controls.result
  where status = 'unknown'
),
grouped as (
  select
    control,
    words,
    service,
    count(*) as units,
    min(occurred_at) as first_at,
    max(occurred_at) as last_at,
    min(reason) as example
  from wanting
  group by control, words, service
)
select
  row_number() over (partition by g.control order by g.units desc, g.words, g.service) as position,
  count(*) over (partition by g.control) as found,
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
