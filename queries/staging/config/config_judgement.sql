/*
title: Judgements as configured
grain: one row per entry of `judgements`
*/
with listed as (
  select
    unnest(from_json(document -> 'judgements', '[{"what":"VARCHAR","reason":"VARCHAR","by":"VARCHAR","at":"DATE"}]')) as item
  from raw.configuration
)
select distinct
  item.what as what,
  item.reason as reason,
  item."by" as decided_by,
  item."at" as decided_at
from listed
order by what, reason, decided_by, decided_at
