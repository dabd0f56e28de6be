/*
title: Labels of incidents from files
grain: one row per source and incident
*/
select
  r.source,
  r.payload ->> 'id' as id,
  coalesce(cast(r.payload -> 'labels' as varchar[]), []) as labels
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'incident'
order by r.source, id
