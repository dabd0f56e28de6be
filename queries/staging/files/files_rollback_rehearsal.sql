/*
title: Rollback rehearsals from files
description: A way back that was tried out before it was needed.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "service": "VARCHAR", "version": "VARCHAR", "procedure": "VARCHAR", "environment": "VARCHAR", "started_at": "VARCHAR",
        "finished_at": "VARCHAR", "outcome": "VARCHAR", "includes_database": "VARCHAR", "backup_at": "VARCHAR", "actor": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'rollback_rehearsal'
)
select
  source,
  said.id as id,
  said.service as service,
  said.version as version,
  said.procedure as procedure,
  said.environment as environment,
  staging.instant(said.started_at) as started_at,
  staging.instant(said.finished_at) as finished_at,
  said.outcome as outcome,
  try_cast(said.includes_database as boolean) as includes_database,
  staging.instant(said.backup_at) as backup_at,
  said.actor as actor,
  said.url as url
from record
order by source, id
