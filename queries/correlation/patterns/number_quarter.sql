/*
title: Quarters of numbers
grain: one row per scope, attribute that is a number, and quarter of the deployments that has any
rule: >
  Equal values share a quarter, that in which the middle of their ranks lies, so that a value which most deployments have does not swallow
  the few below it
version: 1
description: >
  Quarters are numbered from 1 without gaps. Of the organisation, and of each service for itself: what is large for one is small for another.
  The organisation is the scope without a name.
*/
-- Deployments are read once, and those of the organisation counted from their services.
with service_number as materialized (
  select d.service, a.attribute, a.number, count(*) as n
  from correlation.deployment_attribute as a
  join correlation.judged_deployment as d on d.wave_id = a.subject
  where a.number is not null
  group by d.service, a.attribute, a.number
),
counted as (
  select 'organisation' as scope_kind, '' as scope, attribute, number, sum(n)::bigint as n
  from service_number
  group by attribute, number
  union all
  select 'service' as scope_kind, service as scope, attribute, number, n
  from service_number
),
placed as (
  select
    scope_kind,
    scope,
    attribute,
    number,
    n,
    -- twice the middle rank, so that it stays whole
    2 * sum(n) over (partition by scope_kind, scope, attribute order by number rows between unbounded preceding and current row) - n as middle,
    sum(n) over (partition by scope_kind, scope, attribute) as total
  from counted
),
cut as (
  select
    scope_kind, scope, attribute, (4 * middle) // (2 * total) as quarter,
    min(number) as lowest, max(number) as highest, sum(n)::bigint as n
  from placed
  group by scope_kind, scope, attribute, (4 * middle) // (2 * total)
)
select
  scope_kind,
  scope,
  attribute,
  row_number() over (partition by scope_kind, scope, attribute order by quarter) as quarter,
  count(*) over (partition by scope_kind, scope, attribute) as quarters,
  lowest,
  highest,
  n
from cut
order by scope_kind, scope, attribute, quarter
