/*
title: What incident sources cover
grain: one row per service and span in which its incidents are known
description: >
  A completeness assertion, or, for a service that the source names in an incident and nobody asserts anything about,
  from the source's first incident until it was last collected.
*/
with asserted as (
  select source, service, asserted_from as covered_from, asserted_until as covered_until
  from model.completeness_assertion
  where entity = 'incident'
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
  where not exists (select 1 from asserted as a where a.source = n.source and a.service = n.service)
)
select source, service, covered_from, covered_until, true as is_asserted
from asserted
union all
select source, service, covered_from, covered_until, false as is_asserted
from implied
order by service, covered_from, covered_until, source
