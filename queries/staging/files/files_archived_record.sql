/*
title: Archived records from files
description: What an archive or registry holds, or has disposed of.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "record_class": "VARCHAR", "system": "VARCHAR", "service": "VARCHAR", "subject": "VARCHAR", "digest": "VARCHAR",
        "found_digest": "VARCHAR", "recorded_at": "VARCHAR", "checked_at": "VARCHAR", "disposed_at": "VARCHAR", "disposed_by": "VARCHAR",
        "disposal_reason": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'archived_record'
)
select
  source,
  said.id as id,
  said.record_class as record_class,
  said.system as system,
  said.service as service,
  said.subject as subject,
  said.digest as digest,
  said.found_digest as found_digest,
  staging.instant(said.recorded_at) as recorded_at,
  staging.instant(said.checked_at) as checked_at,
  staging.instant(said.disposed_at) as disposed_at,
  said.disposed_by as disposed_by,
  said.disposal_reason as disposal_reason,
  said.url as url
from record
order by source, id
