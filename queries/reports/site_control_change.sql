/*
title: Controls on the restatements page
grain: one row per publication and control with a unit that began or ceased to fail or to be unknown, the newest hundred
*/
with counted as (
  select
    publication,
    as_of,
    control,
    count(*) filter (where new_status = 'fail') as began_to_fail,
    count(*) filter (where old_status = 'fail') as ceased_to_fail,
    count(*) filter (where new_status = 'unknown') as became_unknown,
    count(*) filter (where old_status = 'unknown') as became_known
  from reports.control_history
  where not is_first
  group by publication, as_of, control
),
numbered as (
  select *, row_number() over (order by publication desc, control) as position, count(*) over () as rows
  from counted
)
select
  n.position,
  n.rows,
  n.publication,
  n.as_of,
  n.control,
  coalesce(c.title, 'switched off') as title,
  n.began_to_fail::bigint as began_to_fail,
  n.ceased_to_fail::bigint as ceased_to_fail,
  n.became_unknown::bigint as became_unknown,
  n.became_known::bigint as became_known
from numbered as n
left join controls.control as c on c.control = n.control
where n.position <= 100
order by n.position
