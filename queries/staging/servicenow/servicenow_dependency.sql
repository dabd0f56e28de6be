/*
title: Which service depends on which, by ServiceNow
description: Relations between items of which both stand for a service. The parent depends on the child. What quarterdeck.yaml says already is left out.
grain: one row per service and service that it depends on
*/
with relation as (
  select
    source,
    id,
    arg_min(value, position) filter (where what = 'parent') as parent,
    arg_min(value, position) filter (where what = 'child') as child
  from staging.servicenow_value
  where stream = 'cmdb_rel_ci'
  group by source, id
)
select distinct p.service, c.service as upstream
from relation as r
join staging.servicenow_item as p on p.source = r.source and p.id = r.parent
join staging.servicenow_item as c on c.source = r.source and c.id = r.child
left join staging.config_service as k on k.service = p.service
where
  p.service is not null
  and c.service is not null
  and p.service <> c.service
  and not list_contains(coalesce(k.upstream, []), c.service)
order by p.service, upstream
