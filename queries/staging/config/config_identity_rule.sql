/*
title: Rules of who is who as configured
grain: one row per rule
*/
with listed as (
  select unnest(from_json(document -> 'people' -> 'rules', '[{"source":"VARCHAR","login":"VARCHAR","is":"VARCHAR"}]')) as item
  from raw.configuration
)
select distinct
  item.source as source,
  '^(?:' || item.login || ')$' as pattern,
  item."is" as template
from listed
order by source nulls first, pattern, template
