/*
title: Ownership from files
description: Which team owned a service from when until when.
grain: one row per source and service, team and owned_from
*/
select
  r.source,
  r.payload ->> 'service' as service,
  r.payload ->> 'team' as team,
  try_cast(r.payload ->> 'owned_from' as date) as owned_from,
  try_cast(r.payload ->> 'owned_until' as date) as owned_until
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'ownership'
order by r.source, service, team, owned_from
