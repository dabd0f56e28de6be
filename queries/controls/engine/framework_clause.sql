/*
title: Clauses of frameworks
grain: one row per framework and clause
description: "`position` is the order in which people number them; `cited` is how print names it; only what is verified was compared with the publisher's text."
*/
with listed as (
  select
    unnest(
      from_json(
        document -> 'frameworks',
        '[{"framework":"VARCHAR","clauses":[{"clause":"VARCHAR","title":"VARCHAR","verified":"BOOLEAN","position":"BIGINT","cited":"VARCHAR"}]}]'
      )
    ) as item
  from raw.control_catalogue
),
named as (
  select item.framework as framework, unnest(item.clauses) as entry
  from listed
)
select
  framework,
  entry.clause as clause,
  entry.title as title,
  entry.verified as is_verified,
  entry.position as position,
  entry.cited as cited
from named
order by framework, position
