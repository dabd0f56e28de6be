/*
title: How often required paths are kept
grain: one row per type of change with deployments
*/
select
  w.type,
  count(*)::bigint as deployments,
  count(*) filter (where w.departs_at is null)::bigint as kept,
  count(*) filter (where w.departure = 'missing')::bigint as missing,
  count(*) filter (where w.departure = 'late')::bigint as late,
  coalesce(p.steps, []) as steps
from controls.wave_path as w
left join (select type, list(step order by position) as steps from staging.config_required_path group by type) as p on p.type = w.type
group by w.type, p.steps
order by w.type
