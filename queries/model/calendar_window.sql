/*
title: Calendar windows
grain: one row per freeze, blackout, maintenance or stabilisation window, or peak
*/
with reported as (
  select source, id, kind, scope, starts_at, ends_at, reason
  from staging.files_calendar_window
  union all
  select source, id, kind, scope, starts_at, ends_at, reason
  from staging.evidence_calendar_window
)
select source || ':' || id as calendar_window_id, kind, scope, starts_at, ends_at, reason
from reported
order by calendar_window_id
