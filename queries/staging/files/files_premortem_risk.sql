/*
title: Risks of pre-mortems from files
description: What somebody said beforehand could go wrong with a release.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "service": "VARCHAR", "version": "VARCHAR", "change_request": "VARCHAR", "risk": "VARCHAR", "owner": "VARCHAR",
        "sign": "VARCHAR", "classification": "VARCHAR", "incidents": ["VARCHAR"], "written_at": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'premortem_risk'
)
select
  source,
  said.id as id,
  said.service as service,
  said.version as version,
  said.change_request as change_request,
  said.risk as risk,
  said.owner as owner,
  said.sign as sign,
  said.classification as classification,
  said.incidents as incidents,
  staging.instant(said.written_at) as written_at,
  said.url as url
from record
order by source, id
