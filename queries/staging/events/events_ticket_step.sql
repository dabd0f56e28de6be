/*
title: Steps of tickets from events
description: What each event says of its ticket. A ticket that is created without a status is open, one that is closed without one is closed.
grain: one row per source and event
*/
select
  source,
  event_key,
  predicate,
  "at",
  coalesce(stated ->> '$.ticket.id', subject_id) as id,
  service,
  content,
  coalesce(stated ->> '$.ticket.status', case predicate when 'created' then 'open' when 'closed' then 'closed' end) as status,
  coalesce(content ->> '$.updatedBy', case when predicate = 'created' then content ->> '$.creator' end) as actor,
  stated -> '$.ticket' as stated
from staging.events_event
where subject_type = 'ticket' and predicate in ('created', 'updated', 'closed')
order by source, event_key
