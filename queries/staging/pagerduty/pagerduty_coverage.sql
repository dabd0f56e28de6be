/*
title: What PagerDuty covers
description: >
  A service of PagerDuty that stands for a service tells of its incidents from the day it was made, also while there are none, until the incidents were last read to their end; nothing is covered
  before they were once. One that was deleted tells from its first incident until its last.
grain: one row per source and service of PagerDuty that stands for one
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
  where collector = 'pagerduty'
),
incident as (
  select source, pagerduty_service, min(detected_at) as first_at, max(detected_at) as last_at
  from staging.pagerduty_incident
  group by source, pagerduty_service
)
select
  v.source,
  v.service,
  v.id as pagerduty_service,
  greatest(case when v.is_listed then v.created_at else i.first_at end, f.since) as covered_from,
  least(case when v.is_listed then c.collected_at else i.last_at end, getvariable('as_of')::timestamptz) as covered_until
from staging.pagerduty_service as v
join collected as c on c.source = v.source
join first_day as f on f.source = v.source
left join incident as i on i.source = v.source and i.pagerduty_service = v.id
where v.service is not null
order by v.source, v.service, v.id
