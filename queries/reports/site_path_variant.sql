/*
title: Paths through the process on pages
grain: one row per type of change and variant of its path
description: The most frequent of each type first. `missing` are required steps that are not known; the newest deployment stands for the variant.
*/
with walked as (
  select *, string_split(path, ' > ') as steps
  from controls.path_variant
),
lacking as (
  select w.type, w.path, list(p.step order by p.position) as missing
  from (select distinct type, path, steps from walked) as w
  join staging.config_required_path as p on p.type = w.type and not list_contains(w.steps, p.step)
  group by w.type, w.path
)
select
  row_number() over (partition by w.type order by w.deployments desc, w.path, w.departs_at nulls first) as position,
  w.type,
  w.steps,
  coalesce(l.missing, []) as missing,
  w.departs_at,
  w.departure,
  w.deployments,
  w.services,
  w.median_seconds,
  w.example_wave_id,
  a.service as example_service,
  a.month as example_month,
  a.page as example_page
from walked as w
left join lacking as l on l.type = w.type and l.path = w.path
left join reports.site_wave_place as a on a.wave_id = w.example_wave_id
order by w.type, position
