/*
title: Rollback rehearsals from files
description: A way back that was tried out before it was needed.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'service' as service,
  r.payload ->> 'version' as version,
  r.payload ->> 'procedure' as procedure,
  r.payload ->> 'environment' as environment,
  try_cast(r.payload ->> 'started_at' as timestamptz) as started_at,
  try_cast(r.payload ->> 'finished_at' as timestamptz) as finished_at,
  r.payload ->> 'outcome' as outcome,
  try_cast(r.payload ->> 'includes_database' as boolean) as includes_database,
  try_cast(r.payload ->> 'backup_at' as timestamptz) as backup_at,
  r.payload ->> 'actor' as actor,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'rollback_rehearsal'
order by r.source, id
