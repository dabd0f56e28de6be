/*
title: Labels of incidents that say what their cause is
grain: one row per what a label says, and pattern
description: In lower case. A `*` at the end stands for what is named.
*/
with listed as (
  select 'cause' as says, unnest(from_json(document -> 'links' -> 'cause_labels', '["VARCHAR"]')) as pattern
  from raw.configuration
  union all
  select 'rejected' as says, unnest(from_json(document -> 'links' -> 'rejected_labels', '["VARCHAR"]')) as pattern
  from raw.configuration
  union all
  select 'no change' as says, unnest(from_json(document -> 'links' -> 'no_change_labels', '["VARCHAR"]')) as pattern
  from raw.configuration
)
select distinct says, lower(pattern) as pattern
from listed
order by says, pattern
