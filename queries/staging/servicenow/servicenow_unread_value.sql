/*
title: Times of ServiceNow that cannot be read
description: >
  Instants of records in another form than ServiceNow's, and fields that the configuration names for an instant and that hold something else: they count as not said.
  Nearly all can be read, so that records are looked through in one go, and only those with a value that cannot are taken apart.
grain: one row per source, stream, record and field
*/
with said as (
  select
    r.source, r.stream, r.id as key,
    json_extract_string(r.payload, ['$.sys_created_on.value', '$.sys_updated_on.value']) as texts
  from staging.servicenow_record as r
),
spoilt as (
  select
    source,
    stream,
    key,
    unnest(['$.sys_created_on.value', '$.sys_updated_on.value']) as field,
    unnest(texts) as text
  from said
  where staging.says_no_instant(texts)
)
select source, stream, key, substr(field, 3) as field
from spoilt
where text <> '' and staging.clock(text) is null
union all
select source, stream, id as key, field
from staging.servicenow_value
where
  what in (
    'created_at', 'planned_start', 'planned_end', 'review_at', 'closed_at', 'decided_at', 'started_at', 'detected_at', 'acknowledged_at',
    'mitigated_at', 'resolved_at'
  )
  and "at" is null
order by source, stream, key, field
