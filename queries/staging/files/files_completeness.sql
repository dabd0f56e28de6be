/*
title: What sources are everything of
description: "Someone's word that a source holds every record of a kind, from a day until another."
grain: one row per source, assertion and service; service null = all services
*/
with assertion as (
  select
    s.source,
    unnest(
      from_json(
        s.options -> 'complete',
        '[{"entity":"VARCHAR","services":"JSON","from":"DATE","until":"DATE","asserted_by":"VARCHAR","asserted_at":"DATE","basis":"VARCHAR"}]'
      )
    ) as item
  from staging.source as s
  where s.collector in ('files', 'events', 'evidence', 'git', 'github', 'gitlab', 'jira', 'pagerduty', 'servicenow')
),
scoped as (
  select
    source,
    item.entity as entity,
    coalesce(try_cast(item.services as varchar[]), [null]) as services, -- the word `all` is no list
    item."from" as from_day,
    item.until as until_day,
    item.asserted_by as asserted_by,
    item.asserted_at as asserted_at,
    item.basis as basis
  from assertion
)
select
  source,
  entity,
  unnest(services) as service,
  from_day,
  until_day,
  asserted_by,
  asserted_at,
  basis
from scoped
order by source, entity, service nulls first, from_day nulls first, until_day nulls last, asserted_by, asserted_at, basis nulls last
