/*
title: Change events of PagerDuty
description: What tools told PagerDuty of, kept as evidence of the kind `change_event`.
grain: one row per source, change event and service
*/
with event as (
  select
    source,
    id,
    payload,
    unnest(coalesce(nullif(from_json(payload -> '$.services[*].id', '["VARCHAR"]'), []), [null])) as pagerduty_service
  from staging.pagerduty_record
  where stream = 'change_event'
)
select
  e.source,
  e.id || case when count(*) over (partition by e.source, e.id) > 1 then '/' || coalesce(e.pagerduty_service, '') else '' end as id,
  'change_event' as kind,
  coalesce(v.service, v.name, e.payload ->> '$.source', e.id) as subject,
  v.service,
  staging.instant(e.payload ->> '$.timestamp') as "at",
  e.payload ->> '$.source' as actor,
  e.payload ->> '$.summary' as outcome,
  e.payload ->> '$.links[0].href' as url,
  e.payload -> '$.custom_details' as attributes
from event as e
left join staging.pagerduty_service as v on v.source = e.source and v.id = e.pagerduty_service
order by e.source, id
