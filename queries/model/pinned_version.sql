/*
title: Pinned versions
grain: one row per service, component and time from which a version of it was pinned
description: Pinned before as-of. `until` is when another version followed or the service no longer needed it; null = it is pinned still. Of two sources that say one instant the first by name counts.
*/
with ranked as (
  select
    source, service, component, version, pinned_at, removed_at, url,
    row_number() over (partition by service, component, pinned_at order by source) as choice
  from staging.files_pinned_version
  where pinned_at < getvariable('as_of') and service <> component
)
select
  service,
  component,
  version,
  pinned_at,
  case
    when removed_at < lead(pinned_at, 1, getvariable('as_of')::timestamptz) over (partition by service, component order by pinned_at) then removed_at
    else lead(pinned_at) over (partition by service, component order by pinned_at)
  end as until,
  source,
  url
from ranked
where choice = 1
order by service, component, pinned_at
