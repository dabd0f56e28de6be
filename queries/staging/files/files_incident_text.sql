/*
title: Texts on incidents from files
grain: one row per source, incident and place
*/
with record as (
  select r.source, r.payload
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'incident'
),
written as (
  select source, payload ->> 'id' as id, 'description' as place, payload ->> 'description' as text
  from record
  union all
  select source, payload ->> 'id' as id, 'post-mortem' as place, payload ->> 'post_mortem' as text
  from record
  union all
  select source, payload ->> 'id' as id, 'link' as place, array_to_string(cast(payload -> 'links' as varchar[]), ' ') as text
  from record
)
select source, id, place, text
from written
where text <> ''
order by source, id, place
