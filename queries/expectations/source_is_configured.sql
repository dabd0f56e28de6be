/*
title: Every source that was collected is configured
grain: one row per source with records that quarterdeck.yaml does not name any more
*/
with left_out as (
  select distinct r.source
  from raw.source_run as r
  left join staging.source as s on s.source = r.source
  where s.source is null
)
select
  l.source as subject,
  count(*) as rows,
  'They are kept, and in no figure while the source is not configured.' as effect,
  'None needed if it is meant; else name the source under sources again, as it was.' as remedy
from left_out as l
join raw.current as r on r.source = l.source
group by l.source
order by subject
