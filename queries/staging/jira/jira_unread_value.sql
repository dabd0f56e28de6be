/*
title: Times of Jira that cannot be read
description: >
  Instants of issues in another form than Jira's, and fields that the configuration names for an instant and that hold something else: they count as not said.
  Nearly all can be read, so that records are looked through in one go, and only those with a value that cannot are taken apart.
grain: one row per source, stream, record and field
*/
with said as (
  select
    r.source, r.stream, r.key,
    json_extract_string(r.payload, ['$.fields.created', '$.fields.resolutiondate', '$.fields.duedate']) as texts
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'jira' and r.stream = 'issue'
),
spoilt as (
  select
    source,
    stream,
    key,
    unnest(['$.fields.created', '$.fields.resolutiondate', '$.fields.duedate']) as field,
    unnest(texts) as text
  from said
  where staging.says_no_instant(texts)
)
select source, stream, key, substr(field, 3) as field
from spoilt
where text <> '' and staging.instant(text) is null
union all
select v.source, 'issue' as stream, i.id as key, 'fields.' || v.role as field
from staging.jira_value as v
join staging.jira_issue as i on i.source = v.source and i.issue_id = v.issue_id
where
  v.role in ('planned_start', 'planned_end', 'review_at', 'started_at', 'detected_at', 'acknowledged_at', 'mitigated_at', 'resolved_at')
  and v."at" is null
order by source, stream, key, field
