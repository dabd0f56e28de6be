/*
title: What controls say of each production deployment
grain: one row per wave that a control judged
rule: The worst of its attempts, a failure before what is unknown, that before what is exempt and what passes
description: "`controls` and `statuses` stand side by side, by family. What no control judged, because none applies, has no row."
*/
with worst as (
  select
    d.service,
    d.wave_id,
    r.control,
    min(case r.status when 'fail' then 1 when 'unknown' then 2 when 'exempt' then 3 else 4 end) as badness
  from controls.result as r
  join controls.production_deployment as d on d.deployment_id = r.unit
  where r.unit_kind = 'deployment' and r.status <> 'not_applicable' and d.wave_id is not null
  group by d.service, d.wave_id, r.control
)
select
  w.service,
  p.position,
  w.wave_id,
  list(w.control order by c.family, w.control) as controls,
  list(
    case w.badness when 1 then 'fail' when 2 then 'unknown' when 3 then 'exempt' else 'pass' end
    order by c.family, w.control
  ) as statuses
from worst as w
join controls.control as c on c.control = w.control
join reports.site_wave_place as p on p.wave_id = w.wave_id
group by w.service, p.position, w.wave_id
order by w.service, p.position
