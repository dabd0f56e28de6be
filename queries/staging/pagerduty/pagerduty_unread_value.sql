/*
title: Times of PagerDuty that cannot be read
description: >
  Instants of records in another form than PagerDuty's, and notes that are to say when an incident began and do not: they count as not said.
  Nearly all can be read, so that records are looked through in one go, and only those with a value that cannot are taken apart.
grain: one row per source, stream, record and field
*/
with said as (
  select
    r.source, r.stream, r.id as key,
    json_extract_string(r.payload, ['$.created_at', '$.resolved_at', '$.last_status_change_at', '$.timestamp']) as texts
  from staging.pagerduty_record as r
),
spoilt as (
  select
    source,
    stream,
    key,
    unnest(['$.created_at', '$.resolved_at', '$.last_status_change_at', '$.timestamp']) as field,
    unnest(texts) as text
  from said
  where staging.says_no_instant(texts)
)
select source, stream, key, substr(field, 3) as field
from spoilt
where text <> '' and staging.instant(text) is null
union all
select source, 'log_entry' as stream, id as key, 'notes.started' as field
from staging.pagerduty_note
where kind = 'started' and said is not null and said_at is null
order by source, stream, key, field
