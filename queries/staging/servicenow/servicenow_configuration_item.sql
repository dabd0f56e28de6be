/*
title: Configuration items of ServiceNow as records
grain: one row per source and id
*/
with said as (
  select
    source,
    id,
    arg_min(display, position) filter (where what = 'version') as version,
    arg_min(display, position) filter (where what = 'owner') as owner
  from staging.servicenow_value
  where stream = 'cmdb_ci'
  group by source, id
)
select i.source, i.id, i.name, i.service, s.version, s.owner, r.updated_at, i.class
from staging.servicenow_item as i
join staging.servicenow_record as r on r.source = i.source and r.stream = 'cmdb_ci' and r.id = i.id
left join said as s on s.source = i.source and s.id = i.id
order by i.source, i.id
