/*
title: Services as configured
grain: one row per service
*/
with listed as (
  select
    unnest(
      from_json(
        document -> 'services',
        '[{"service":"VARCHAR","title":"VARCHAR","repository":"VARCHAR","paths":["VARCHAR"],"shared_paths":["VARCHAR"],"pagerduty":["VARCHAR"],"servicenow":["VARCHAR"],"tier":"INTEGER","regulated":["VARCHAR"],"upstream":["VARCHAR"],"active_from":"DATE","retired_at":"DATE"}]'
      )
    ) as item
  from raw.configuration
)
select
  item.service as service,
  item.title as title,
  item.repository as repository,
  item.paths as paths,
  item.shared_paths as shared_paths,
  item.pagerduty as pagerduty,
  item.servicenow as servicenow,
  item.tier as tier,
  item.regulated as regulated,
  item.upstream as upstream,
  item.active_from as active_from,
  item.retired_at as retired_at
from listed
order by service
