/*
title: Calendar windows
grain: one row per freeze, blackout, maintenance or stabilisation window
*/
select source || ':' || id as calendar_window_id, kind, scope, starts_at, ends_at, reason
from staging.files_calendar_window
order by calendar_window_id
