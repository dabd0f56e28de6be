/*
title: Parameters of controls
grain: one row per control and parameter
description: A list has its items joined by a comma.
*/
with listed as (
  select
    unnest(
      from_json(
        document -> 'controls',
        '[{"control":"VARCHAR","parameters":[{"name":"VARCHAR","value":"JSON","preset":"JSON","description":"VARCHAR","unit":"VARCHAR"}]}]'
      )
    ) as item
  from raw.control_catalogue
),
named as (
  select item.control as control, unnest(item.parameters) as setting
  from listed
)
select
  control,
  setting.name as name,
  case json_type(setting.value) when 'ARRAY' then array_to_string(setting.value ->> '$[*]', ', ') else setting.value ->> '$' end as value,
  case json_type(setting.preset) when 'ARRAY' then array_to_string(setting.preset ->> '$[*]', ', ') else setting.preset ->> '$' end as preset,
  setting.unit as unit,
  setting.description as description
from named
order by control, name
