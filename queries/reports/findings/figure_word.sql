/*
title: Values of findings in words
grain: one row per unit and value that a finding may state
rule: "One decimal below 100, none above. Durations in the largest unit of which there is enough to read; frequencies in the shortest time with one or more"
description: As pages write them, with a narrow no-break space before the unit.
*/
with shown as (
  select unit, value
  from reports.site_figure
  where role = 'latest' and value is not null
  union
  select unit, previous_value as value
  from reports.site_figure
  where role = 'latest' and previous_value is not null
  union
  select 'seconds' as unit, value_seconds as value
  from reports.site_stage
  union
  select 'seconds' as unit, coalesce(restored_seconds, open_seconds)::double as value
  from reports.site_incident
  where coalesce(restored_seconds, open_seconds) is not null
  union
  select 'seconds' as unit, resolved_seconds::double as value
  from reports.site_incident
  where resolved_seconds is not null
),
scaled as (
  select
    unit,
    value,
    case
      when unit = 'ratio' then 0.01::double
      when unit = 'seconds' then
        case when value < 90 then 1 when value < 5400 then 60 when value < 172800 then 3600 when value < 2419200 then 86400 else 604800 end
      when value >= 1 then 1
      when value >= 1::double / 7 then 1::double / 7
      else 12 / 365.25::double
    end as factor,
    case
      when unit = 'ratio' then ' %'
      when unit = 'seconds' then
        case when value < 90 then ' s' when value < 5400 then ' min' when value < 172800 then ' h' when value < 2419200 then ' d' else ' w' end
      when value >= 1 then ' a day'
      when value >= 1::double / 7 then ' a week'
      else ' a month'
    end as label
  from shown
)
select
  unit,
  value,
  case
    when value / factor >= 99.95 then format('{:,}', round(value / factor)::bigint)
    else regexp_replace(format('{:.1f}', value / factor), '\.0$', '')
  end
  || label as words
from scaled
order by unit, value
