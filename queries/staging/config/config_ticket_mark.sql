/*
title: Statuses and labels of tickets that mean something
grain: one row per meaning and pattern
description: In lower case. A `*` stands for anything.
*/
with mark as (
  select 'vendor status' as kind, unnest(from_json(document -> 'tickets' -> 'vendor_statuses', '["VARCHAR"]')) as pattern
  from raw.configuration
  union all
  select 'regulatory label' as kind, unnest(from_json(document -> 'tickets' -> 'regulatory_labels', '["VARCHAR"]')) as pattern
  from raw.configuration
)
select distinct kind, lower(trim(pattern)) as pattern
from mark
order by kind, pattern
