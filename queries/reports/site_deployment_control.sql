/*
title: What controls say of each production deployment
grain: one row per wave that a control judged
rule: The worst of its attempts, a failure before what is unknown, that before what is exempt and what passes
description: "`controls` and `statuses` stand side by side, by family. What no control judged, because none applies, has no row. Put together as numbers, ten for each control: there are more results than fit into memory as words."
*/
with numbered as (
  select control, row_number() over (order by family, control) as number
  from controls.control
),
catalogue as (
  select list(control order by number) as controls
  from numbered
),
judged as (
  select
    d.wave_id,
    (n.number * 10 + case r.status when 'fail' then 1 when 'unknown' then 2 when 'exempt' then 3 else 4 end)::integer as result
  from controls.result as r
  join numbered as n on n.control = r.control
  join controls.production_deployment as d on d.deployment_id = r.unit
  where r.unit_kind = 'deployment' and r.status <> 'not_applicable' and d.wave_id is not null
),
gathered as (
  select wave_id, list_sort(list(result)) as results
  from judged
  group by wave_id
),
worst as (
  -- In order, the worst of a control's attempts is its first.
  select wave_id, list_filter(results, lambda result, position: position = 1 or results[position - 1] // 10 <> result // 10) as results
  from gathered
)
select
  p.service,
  p.position,
  w.wave_id,
  list_transform(w.results, lambda result: c.controls[result // 10]) as controls,
  list_transform(w.results, lambda result: ['fail', 'unknown', 'exempt', 'pass'][result % 10]) as statuses
from worst as w
join reports.site_wave_place as p on p.wave_id = w.wave_id
cross join catalogue as c
order by p.service, p.position
