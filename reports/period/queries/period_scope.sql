/*
title: Scope of the period
grain: one row
rule: The period is half-open and cut in the organisation's time zone; where as-of comes before its end, it is known until as-of only
version: 1
parameters: [period_from, period_until, period_services, period_framework]
*/
with service as (
  select count(*) as services
  from model.service
  where len(getvariable('period_services')) = 0 or list_contains(getvariable('period_services'), service)
)
select
  getvariable('period_from')::timestamptz as period_from,
  getvariable('period_until')::timestamptz as period_until,
  getvariable('period_until')::timestamptz - interval 1 second as last_at,
  least(getvariable('period_until')::timestamptz, getvariable('as_of')::timestamptz) as known_until,
  getvariable('period_until')::timestamptz > getvariable('as_of')::timestamptz as is_open,
  s.services,
  len(getvariable('period_services')) = 0 as is_whole,
  f.framework,
  f.short as framework_short,
  f.title as framework_title,
  f.edition as framework_edition
from service as s
left join controls.framework as f on f.framework = getvariable('period_framework')
order by 1
