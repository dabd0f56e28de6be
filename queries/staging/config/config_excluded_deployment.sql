/*
title: Deployments excluded by configuration
grain: one row per exclusion
*/
with listed as (
  select unnest(from_json(document -> 'metrics' -> 'exclude_deployments', '[{"id":"VARCHAR","reason":"VARCHAR"}]')) as item
  from raw.configuration
)
select
  item.id as deployment,
  min(item.reason) as reason
from listed
group by item.id
order by deployment
