/*
title: Incidents of Jira
description: >
  Severity is the field that is configured, else the priority. It began when the field says, else when the issue was created. Its causes are what the field
  names and what the issue is linked to as "is caused by".
grain: one row per source and id
*/
with said as (
  select
    source,
    issue_id,
    min(text) filter (where role = 'severity') as severity,
    min(text) filter (where role = 'classification') as classification,
    min("at") filter (where role = 'started_at') as started_at,
    min("at") filter (where role = 'detected_at') as detected_at,
    min("at") filter (where role = 'acknowledged_at') as acknowledged_at,
    min("at") filter (where role = 'mitigated_at') as mitigated_at,
    min("at") filter (where role = 'resolved_at') as resolved_at,
    min(text) filter (where role = 'cause') as cause
  from staging.jira_value
  group by source, issue_id
),
reference as (
  select source, issue_id, unnest(regexp_split_to_array(text, '[,;\s]+')) as reference
  from staging.jira_value
  where role = 'caused_by'
  union
  select source, issue_id, other as reference
  from staging.jira_link
  where relation in ('is caused by', 'caused by')
),
caused as (
  select source, issue_id, list_sort(array_agg(reference)) as caused_by
  from reference
  where reference <> ''
  group by source, issue_id
)
select
  i.source,
  i.id,
  i.service,
  i.title,
  coalesce(v.severity, i.priority) as severity,
  v.classification,
  coalesce(v.started_at, i.created_at) as started_at,
  v.detected_at,
  v.acknowledged_at,
  v.mitigated_at,
  coalesce(v.resolved_at, i.resolved_at) as resolved_at,
  c.caused_by,
  v.cause,
  i.url,
  cast(null as varchar) as environment
from staging.jira_issue as i
left join said as v on v.source = i.source and v.issue_id = i.issue_id
left join caused as c on c.source = i.source and c.issue_id = i.issue_id
where i.kind = 'incident'
order by i.source, i.id
