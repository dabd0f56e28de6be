/*
title: Rollback plans from files
description: How a release is taken back, written before it goes out.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "change_request": "VARCHAR", "service": "VARCHAR", "version": "VARCHAR", "recorded_at": "VARCHAR", "author": "VARCHAR",
        "covers_application": "VARCHAR", "covers_configuration": "VARCHAR", "covers_database": "VARCHAR", "changes_schema": "VARCHAR",
        "database_script": "VARCHAR", "triggers": ["VARCHAR"], "success_metrics": ["VARCHAR"], "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'rollback_plan'
)
select
  source,
  said.id as id,
  said.change_request as change_request,
  said.service as service,
  said.version as version,
  staging.instant(said.recorded_at) as recorded_at,
  said.author as author,
  try_cast(said.covers_application as boolean) as covers_application,
  try_cast(said.covers_configuration as boolean) as covers_configuration,
  try_cast(said.covers_database as boolean) as covers_database,
  try_cast(said.changes_schema as boolean) as changes_schema,
  said.database_script as database_script,
  said.triggers as triggers,
  said.success_metrics as success_metrics,
  said.url as url
from record
order by source, id
