/*
title: When units began and ceased to fail
grain: one row per publication, control and unit whose status was another than in the publication before
description: What earlier builds recorded, and what differs in this one. `is_first` marks the first publication that knew the control, with which there is nothing to compare.
*/
with every as (
  select r.publication, r.control, r.unit_kind, r.unit, r.status
  from raw.published_result as r
  join reports.publication as p on r.publication <= p.base_publication
  union all
  select publication, control, unit_kind, unit, new_status as status
  from reports.control_change
),
dated as (
  select publication, as_of from raw.publication
  union
  select publication, as_of from reports.publication
),
known as (
  select control, min(publication) as first_publication
  from every
  group by control
)
select
  e.publication,
  d.as_of,
  e.control,
  e.unit_kind,
  e.unit,
  lag(e.status) over (partition by e.control, e.unit_kind, e.unit order by e.publication) as old_status,
  e.status as new_status,
  e.publication = k.first_publication as is_first
from every as e
join dated as d on d.publication = e.publication
join known as k on k.control = e.control
order by e.publication desc, e.control, e.unit_kind, e.unit
