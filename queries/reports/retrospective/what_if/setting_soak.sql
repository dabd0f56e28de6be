/*
title: "Setting: time in staging before production"
grain: one row per production wave whose commit was live in an environment of kind staging before it
description: Hours from the commit's first time live in staging to its first in production by that wave.
*/
with staged as (
  select service, sha, min(live_at) as staged_at
  from model.deployment
  where environment_kind = 'staging' and sha is not null and live_at is not null and excluded_reason is null
  group by service, sha
)
select 'soak' as setting, w.wave_id, date_diff('second', s.staged_at, w.live_at) / 3600.0::double as number
from model.wave as w
join staged as s on s.service = w.service and s.sha = w.sha
where s.staged_at <= w.live_at
order by w.wave_id
