/*
title: Milestones from calendars
description: Events that are milestones. A calendar says what is planned, never what happened.
grain: one row per source and id
*/
with ranked as (
  select
    source, id, summary, starts_at, scope,
    row_number() over (partition by source, id order by position desc) as choice
  from staging.evidence_calendar_event
  where kind = 'milestone'
)
select source, id, coalesce(summary, 'Milestone') as name, starts_at as planned_at, null::timestamptz as actual_at, scope
from ranked
where choice = 1
order by source, id
