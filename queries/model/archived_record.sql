/*
title: Archived records
grain: one row per record of an archive or registry
description: >
  What is there, or was disposed of. Instants are UTC.
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
order by archived_record_id
