/*
title: Times of GitLab that cannot be read
description: >
  Instants of records in another form than GitLab's: they count as not said.
  Nearly all can be read, so that records are looked through in one go, and only those with a value that cannot are taken apart.
grain: one row per source, stream, record and field
*/
with said as (
  select
    r.source, r.stream, r.repository || ' ' || r.id as key,
    json_extract_string(r.payload, [
      '$.created_at', '$.updated_at', '$.merged_at', '$.closed_at', '$.due_date', '$.released_at', '$.started_at', '$.finished_at',
      '$.deployable.started_at', '$.deployable.finished_at'
    ]) as texts
  from staging.gitlab_record as r
),
spoilt as (
  select
    source,
    stream,
    key,
    unnest([
      '$.created_at', '$.updated_at', '$.merged_at', '$.closed_at', '$.due_date', '$.released_at', '$.started_at', '$.finished_at',
      '$.deployable.started_at', '$.deployable.finished_at'
    ]) as field,
    unnest(texts) as text
  from said
  where staging.says_no_instant(texts)
)
select source, stream, key, substr(field, 3) as field
from spoilt
where text <> '' and staging.instant(text) is null
order by source, stream, key, field
