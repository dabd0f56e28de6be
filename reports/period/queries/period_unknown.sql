/*
title: What nobody can judge in the period, and for want of what
grain: one row per control, kind of record that nobody knows to be complete (null = the unit's own records do not say), and service
version: 1
*/
with grouped as (
  select control, unknown_words, service, count(*) as units, min(occurred_at) as first_at, max(occurred_at) as last_at, min(reason) as example
  from period_result
  where status = 'unknown'
  group by control, unknown_words, service
)
select
  g.control,
  g.unknown_words,
  g.service,
  coalesce(s.title, g.service) as service_title,
  g.units::bigint as units,
  g.first_at,
  g.last_at,
  g.example
from grouped as g
left join model.service as s on s.service = g.service
order by g.control, g.unknown_words nulls last, g.service nulls last
