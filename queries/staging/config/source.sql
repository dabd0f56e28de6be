/*
title: Sources
grain: one row per source of quarterdeck.yaml
*/
with listed as (
  select unnest(from_json(document -> 'sources', '[{"source":"VARCHAR","collector":"VARCHAR","options":"JSON"}]')) as item
  from raw.configuration
)
select
  item.source as source,
  item.collector as collector,
  item.options as options
from listed
order by source
