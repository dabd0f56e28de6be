/*
title: Deployments that patterns are looked for in
grain: one row per production wave with known outcome that is no rollback
rule: a deployment whose outcome is pending or unknown says nothing about what goes with failures (design 3, 4)
version: 1
description: >
  A rollback answers a failure: its day, its hour and its haste are not somebody's habit, and it rarely fails itself, so that it
  would make the days on which deployments fail look safer. `day` is that of the organisation's time zone on which the wave went live.
*/
select
  w.wave_id,
  w.service,
  w.live_at,
  timezone(getvariable('time_zone'), w.live_at)::date as day,
  o.is_failure
from metrics.wave_outcome as o
join model.wave as w on w.wave_id = o.wave_id
where o.outcome = 'known' and w.kind <> 'rollback'
order by w.wave_id
