/*
title: Rollback rehearsals
grain: one row per rehearsal
description: >
  Ways back that were tried before as-of. Instants are UTC.
*/
select
  r.source || ':' || r.id as rollback_rehearsal_id,
  r.id as native_id,
  r.source,
  r.service,
  r.version,
  r.procedure,
  coalesce(known.environment, r.environment) as environment,
  r.started_at,
  r.finished_at,
  r.outcome,
  r.includes_database,
  r.backup_at,
  r.actor,
  r.url
from staging.files_rollback_rehearsal as r
left join model.environment_name as known on known.name = r.environment
where r.finished_at is null or r.finished_at < getvariable('as_of')
order by rollback_rehearsal_id
