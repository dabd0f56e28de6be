/*
title: How environments came into being and went
grain: one row per environment that there is or was
rule: >
  As its records say. One that no record calls ephemeral or lasting is ephemeral where it is not for production and was removed. Of several records the first that says something counts
version: 1
description: What is dated at or after as-of has not happened. A null says that no record tells.
*/
with said as (
  select name, created_at, removed_at, is_ephemeral, provisioned_by, code, 1 as precedence, source
  from staging.files_environment
  union all
  select name, created_at, removed_at, is_ephemeral, provisioned_by, code, 2 as precedence, source
  from staging.events_environment
),
named as (
  select n.environment, s.created_at, s.removed_at, s.is_ephemeral, s.provisioned_by, s.code, row_number() over (partition by n.environment order by s.precedence, s.source, s.name) as place
  from said as s
  join model.environment_name as n on n.name = s.name
),
told as (
  select
    environment,
    min(created_at) as first_at,
    min_by(created_at, place) filter (where created_at < getvariable('as_of')) as created_at,
    min_by(removed_at, place) filter (where removed_at < getvariable('as_of')) as removed_at,
    min_by(is_ephemeral, place) filter (where is_ephemeral is not null) as is_ephemeral,
    min_by(provisioned_by, place) filter (where provisioned_by is not null) as provisioned_by,
    min_by(code, place) filter (where code is not null) as code
  from named
  group by environment
)
select
  e.environment,
  e.kind,
  t.created_at,
  t.removed_at,
  coalesce(t.is_ephemeral, e.kind <> 'production' and t.removed_at is not null) as is_ephemeral,
  t.provisioned_by,
  t.code
from model.environment as e
left join told as t on t.environment = e.environment
where coalesce(t.first_at < getvariable('as_of'), true)
order by e.environment
