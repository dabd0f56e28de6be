/*
title: What ServiceNow covers
description: >
  An item that stands for a service tells of its incidents, also while there are none, until the incidents were last read to their end: from the day it
  was made or its first incident. It does where the configuration names it or an incident did: that an item of the same name exists says little. A source
  that is to read no incidents covers nothing.
grain: one row per source and item that stands for a service
*/
with collected as (
  -- The last by its number, for a clock may have been ahead once.
  select source, max_by(started_at, run_id) as collected_at
  from raw.source_run
  where stream = 'incident' and status = 'completed'
  group by source
),
first_day as (
  select source, timezone('UTC', staging.clock(options ->> '$.since')) as since
  from staging.source
  where collector = 'servicenow' and (options ->> '$.incident.read') = 'true'
),
incident as (
  select source, item, min(started_at) as first_at
  from staging.servicenow_incident
  group by source, item
)
select
  i.source,
  i.service,
  i.id as item,
  greatest(least(i.created_at, n.first_at), f.since) as covered_from,
  least(c.collected_at, getvariable('as_of')::timestamptz) as covered_until
from staging.servicenow_item as i
join collected as c on c.source = i.source
join first_day as f on f.source = i.source
left join incident as n on n.source = i.source and n.item = i.id
where i.service is not null and (n.item is not null or (i.is_configured and i.is_listed))
order by i.source, i.service, i.id
