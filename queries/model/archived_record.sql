/*
title: Archived records
grain: one row per record of an archive or registry
description: >
  What is there, or was disposed of; what `quarterdeck dispose` took away is among it. Instants are UTC.
*/
select
  source || ':' || id as archived_record_id,
  id as native_id,
  source,
  record_class,
  system,
  service,
  subject,
  digest,
  found_digest,
  recorded_at,
  checked_at,
  disposed_at,
  disposed_by,
  disposal_reason,
  url
from staging.files_archived_record
union all
select
  'custody:' || id as archived_record_id,
  id as native_id,
  'custody' as source,
  record_class,
  system,
  null as service,
  null as subject,
  null as digest,
  null as found_digest,
  null as recorded_at,
  null as checked_at,
  disposed_at,
  disposed_by,
  disposal_reason,
  null as url
from staging.disposal
order by archived_record_id
