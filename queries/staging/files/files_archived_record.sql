/*
title: Archived records from files
description: What an archive or registry holds, or has disposed of.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'record_class' as record_class,
  r.payload ->> 'system' as system,
  r.payload ->> 'service' as service,
  r.payload ->> 'subject' as subject,
  r.payload ->> 'digest' as digest,
  r.payload ->> 'found_digest' as found_digest,
  try_cast(r.payload ->> 'recorded_at' as timestamptz) as recorded_at,
  try_cast(r.payload ->> 'checked_at' as timestamptz) as checked_at,
  try_cast(r.payload ->> 'disposed_at' as timestamptz) as disposed_at,
  r.payload ->> 'disposed_by' as disposed_by,
  r.payload ->> 'disposal_reason' as disposal_reason,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'archived_record'
order by r.source, id
