/*
title: Clauses of frameworks that controls give evidence for
grain: one row per control, framework and clause
*/
with listed as (
  select
    unnest(from_json(document -> 'controls', '[{"control":"VARCHAR","frameworks":[{"framework":"VARCHAR","clauses":["VARCHAR"]}]}]')) as item
  from raw.control_catalogue
),
named as (
  select item.control as control, unnest(item.frameworks) as mapping
  from listed
)
select control, mapping.framework as framework, unnest(mapping.clauses) as clause
from named
order by control, framework, clause
