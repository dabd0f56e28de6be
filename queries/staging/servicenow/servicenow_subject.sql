/*
title: What change requests and incidents of ServiceNow are about
description: Of the items that a record names the first that stands for a service; else the first.
grain: one row per source, stream and record that names an item
*/
with named as (
  select
    v.source,
    v.stream,
    v.id,
    i.id as item,
    i.service,
    row_number() over (partition by v.source, v.stream, v.id order by i.service is null, v.position) as choice
  from staging.servicenow_value as v
  join staging.servicenow_item as i on i.source = v.source and i.id = v.value
  where v.what = 'service'
)
select source, stream, id, item, service
from named
where choice = 1
order by source, stream, id
