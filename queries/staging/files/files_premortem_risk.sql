/*
title: Risks of pre-mortems from files
description: What somebody said beforehand could go wrong with a release.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'service' as service,
  r.payload ->> 'version' as version,
  r.payload ->> 'change_request' as change_request,
  r.payload ->> 'risk' as risk,
  r.payload ->> 'owner' as owner,
  r.payload ->> 'sign' as sign,
  r.payload ->> 'classification' as classification,
  try_cast(r.payload -> 'incidents' as varchar[]) as incidents,
  try_cast(r.payload ->> 'written_at' as timestamptz) as written_at,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'premortem_risk'
order by r.source, id
