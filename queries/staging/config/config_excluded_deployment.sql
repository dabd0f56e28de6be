/*
title: Deployments excluded by configuration
grain: one row per exclusion
*/
with listed as (
  select
    unnest(
      from_json(
        document -> 'metrics' -> 'exclude_deployments',
        '[{"id":"VARCHAR","reason":"VARCHAR","by":"VARCHAR","at":"DATE"}]'
      )
    ) as item
  from raw.configuration
),
numbered as (
  select item, row_number() over (partition by item.id order by item.reason, item."by", item."at") as choice
  from listed
)
select
  item.id as deployment,
  item.reason as reason,
  item."by" as decided_by,
  item."at" as decided_at
from numbered
where choice = 1
order by deployment
