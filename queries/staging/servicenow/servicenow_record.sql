/*
title: Records of ServiceNow
description: What ServiceNow said, as it is now. Incidents of a source that is to read none do not count, also where they were read before.
grain: one row per source, stream and record
*/
select
  r.source,
  r.stream,
  r.key as id,
  timezone('UTC', staging.clock(r.payload ->> '$.sys_created_on.value')) as created_at,
  timezone('UTC', staging.clock(r.payload ->> '$.sys_updated_on.value')) as updated_at,
  r.payload
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'servicenow' and (r.stream <> 'incident' or (s.options ->> '$.incident.read') = 'true')
order by r.source, r.stream, id
