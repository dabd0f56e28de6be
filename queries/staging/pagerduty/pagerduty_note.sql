/*
title: What notes on incidents of PagerDuty say
description: Notes that begin as the source's `notes` have it. `said` is what follows; `said_at` the instant in it, which needs an offset.
grain: one row per source, note and what it says
*/
with wanted as (
  select s.source, entry.key as kind, entry.value ->> '$' as beginning
  from staging.source as s, json_each(s.options, '$.notes') as entry
  where s.collector = 'pagerduty'
),
note as (
  select
    l.source,
    l.incident,
    l.id,
    l."at",
    w.kind,
    nullif(trim(substr(l.note, length(w.beginning) + 1), ' :.' || chr(9) || chr(10) || chr(13)), '') as said
  from staging.pagerduty_log_entry as l
  join wanted as w on w.source = l.source and lower(left(l.note, length(w.beginning))) = lower(w.beginning)
)
select
  source,
  incident,
  id,
  kind,
  "at",
  said,
  case
    when regexp_matches(said, '^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)$') then staging.instant(said)
  end as said_at
from note
order by source, incident, "at", id, kind
