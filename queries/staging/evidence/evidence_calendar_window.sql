/*
title: Calendar windows from calendars
description: Events that are a freeze, blackout, maintenance or stabilisation window, or a peak.
grain: one row per source and id
*/
with ranked as (
  select
    source, id, kind, scope, starts_at, ends_at, summary,
    row_number() over (partition by source, id order by position desc) as choice
  from staging.evidence_calendar_event
  where kind <> 'milestone'
)
select source, id, kind, scope, starts_at, ends_at, summary as reason
from ranked
where choice = 1
order by source, id
