/*
title: "Setting: how long a deployment is observed"
grain: one row per failed production wave of which it is known when the failure showed
description: Days from the end of the wave to the first sign, which is when an accepted incident began or what restored it was live; 0 where that was before its end.
*/
with sign as (
  select l.wave_id, i.started_at as shown_at
  from correlation.incident_link as l
  join model.incident as i on i.incident_id = l.incident_id
  where l.is_accepted
  union all
  select wave_id, restored_at as shown_at
  from metrics.restoration
  where incident_id is null
),
first_sign as (
  select wave_id, min(shown_at) as shown_at
  from sign
  group by wave_id
)
select 'window' as setting, w.wave_id, greatest(date_diff('second', w.completed_at, s.shown_at), 0) / 86400.0::double as number
from first_sign as s
join model.wave as w on w.wave_id = s.wave_id
order by w.wave_id
