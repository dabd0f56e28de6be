/*
title: What incident sources cover
grain: one row per service and span in which its incidents are known
description: >
  A completeness assertion; or what a source says it watches, such as a service of PagerDuty or an item of ServiceNow; or, for a service that another source names in an
  incident and nobody asserts anything about, from the source's first incident until it was last collected.
*/
with asserted as (
  select source, service, asserted_from as covered_from, asserted_until as covered_until
  from model.completeness_assertion
  where entity = 'incident'
),
watching as (
  select source, service, covered_from, covered_until
  from staging.pagerduty_coverage
  union all
  select source, service, covered_from, covered_until
  from staging.servicenow_coverage
),
watched as (
  select w.source, w.service, w.covered_from, w.covered_until
  from watching as w
  where not exists (select 1 from asserted as a where a.source = w.source and a.service = w.service)
),
first_incident as (
  select source, min(started_at) as covered_from
  from model.incident
  group by source
),
named as (
  select distinct i.source, i.service
  from model.incident as i
  join model.service as s on s.service = i.service
),
implied as (
  select n.source, n.service, f.covered_from, r.collected_at as covered_until
  from named as n
  join first_incident as f on f.source = n.source
  join model.last_collection as r on r.source = n.source
  join staging.source as k on k.source = n.source and k.collector not in ('pagerduty', 'servicenow')
  where not exists (select 1 from asserted as a where a.source = n.source and a.service = n.service)
)
select source, service, covered_from, covered_until, true as is_asserted
from asserted
union all
select source, service, covered_from, covered_until, false as is_asserted
from watched
union all
select source, service, covered_from, covered_until, false as is_asserted
from implied
order by service, covered_from, covered_until, source
