/*
title: What controls say of each release
grain: one row per service and version that a control judged
rule: The worst of the release itself, its attempts and their change requests, a failure before what is unknown, that before what is exempt and what passes
description: "`controls` and `statuses` stand side by side, by family."
*/
with worst as (
  select
    u.release_id,
    r.control,
    min(case r.status when 'fail' then 1 when 'unknown' then 2 when 'exempt' then 3 else 4 end) as badness
  from reports.release_unit as u
  join controls.result as r on r.unit_kind = u.unit_kind and r.unit = u.unit
  where r.status <> 'not_applicable'
  group by u.release_id, r.control
)
select
  v.service,
  v.version,
  list(w.control order by c.family, w.control) as controls,
  list(
    case w.badness when 1 then 'fail' when 2 then 'unknown' when 3 then 'exempt' else 'pass' end
    order by c.family, w.control
  ) as statuses
from worst as w
join controls.control as c on c.control = w.control
join reports.site_release as v on v.service || '@' || v.version = w.release_id
group by v.service, v.version
order by v.service, v.version
