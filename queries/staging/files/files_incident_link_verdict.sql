/*
title: What people say about links, from files
description: A person's word on whether an incident came from a deployment.
grain: one row per source, incident, deployment, person and instant
*/
with record as (
  select
    r.source,
    from_json(r.payload, '{"incident": "VARCHAR", "deployment": "VARCHAR", "verdict": "VARCHAR", "by": "VARCHAR", "at": "VARCHAR", "reason": "VARCHAR"}') as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'incident_link_verdict'
)
select
  source,
  said.incident as incident,
  said.deployment as deployment,
  said.verdict as verdict,
  said."by" as "by",
  staging.instant(said."at") as "at",
  said.reason as reason
from record
order by source, incident, deployment nulls first, "by", "at"
