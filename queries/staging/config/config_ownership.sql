/*
title: Ownership as configured
grain: one row per team, service and span
*/
with listed_team as (
  select unnest(from_json(document -> 'teams', '[{"team":"VARCHAR","owns":[{"service":"VARCHAR","from":"DATE","until":"DATE"}]}]')) as item
  from raw.configuration
),
owned as (
  select
    item.team as team,
    unnest(item.owns) as span
  from listed_team
)
select
  span.service as service,
  team,
  span."from" as owned_from,
  span.until as owned_until
from owned
order by service, owned_from nulls first, team
