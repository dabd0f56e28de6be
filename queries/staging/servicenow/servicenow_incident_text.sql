/*
title: Descriptions of incidents of ServiceNow
grain: one row per source, incident and field
*/
select v.source, n.number as id, 'description' as place, v.display as text
from staging.servicenow_value as v
join staging.servicenow_number as n on n.source = v.source and n.stream = v.stream and n.id = v.id
where v.stream = 'incident' and v.what = 'description'
order by v.source, n.number, text
