/*
title: Facts behind the measures of practices
grain: one row per measure and fact, the newest 20,000 of each measure
audience: teams
part: measure
columns:
  measure: Name of the measure
  occurred_at: When it happened; the period that it is filed under
  service: Service, where it concerns one
  subject: Identifier of what it is about, as in the other tables
  cut: What tells the facts apart, such as a stage or a type
  value: What was measured, in the unit of the measure
  is_hit: Of a share, whether it counts
*/
with ranked as (
  select *, row_number() over (partition by measure order by occurred_at desc, subject desc, service desc nulls last, cut desc nulls last) as place
  from practices.measured
  where occurred_at < getvariable('as_of')
)
select measure, occurred_at, service, subject, cut, value, is_hit
from ranked
where place <= 20000
order by measure, occurred_at desc, subject desc, service desc nulls last, cut desc nulls last
