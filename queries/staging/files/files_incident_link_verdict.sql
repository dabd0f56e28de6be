/*
title: What people say about links, from files
description: A person's word on whether an incident came from a deployment.
grain: one row per source, incident, deployment, person and instant
*/
select
  r.source,
  r.payload ->> 'incident' as incident,
  r.payload ->> 'deployment' as deployment,
  r.payload ->> 'verdict' as verdict,
  r.payload ->> 'by' as "by",
  try_cast(r.payload ->> 'at' as timestamptz) as "at",
  r.payload ->> 'reason' as reason
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'incident_link_verdict'
order by r.source, incident, deployment nulls first, "by", "at"
