/*
title: Results of controls that differ from what was published
grain: one row per control and unit that fails, is unknown or exempt and was not so in the publication before, or the reverse
description: "`old_status` is null where nothing was published of it. `gone`: the control says nothing of the unit any more. Of a look back there is none."
*/
with compared as (
  select publication, base_publication
  from reports.publication
  where is_new and not is_look_back
),
numbered as (
  select
    r.control, r.unit_kind, r.unit, r.status,
    row_number() over (partition by r.control, r.unit_kind, r.unit order by r.publication desc) as recency
  from raw.published_result as r
  join compared as c on r.publication <= c.base_publication
),
published as (
  select control, unit_kind, unit, status
  from numbered
  where recency = 1
),
kept as (
  select o.control, o.unit_kind, o.unit, o.status as old_status, coalesce(r.status, 'gone') as new_status
  from published as o
  left join controls.result as r on r.control = o.control and r.unit_kind = o.unit_kind and r.unit = o.unit
  where o.status <> coalesce(r.status, 'gone')
),
begun as (
  select r.control, r.unit_kind, r.unit, null as old_status, r.status as new_status
  from controls.result as r
  left join published as o on o.control = r.control and o.unit_kind = r.unit_kind and o.unit = r.unit
  where r.status in ('fail', 'unknown', 'exempt') and o.unit is null
),
differing as (
  -- What is good, and was, is no news, by whatever name.
  select * from kept
  where old_status in ('fail', 'unknown', 'exempt') or new_status in ('fail', 'unknown', 'exempt')
  union all
  select * from begun
)
select c.publication, d.control, d.unit_kind, d.unit, d.old_status, d.new_status
from differing as d
cross join compared as c
order by d.control, d.unit_kind, d.unit
