/*
title: Incidents of PagerDuty
description: >
  Detected when first triggered, acknowledged when first acknowledged, mitigated when a note says so and nothing reopened it since, resolved if it is resolved
  now. Severity is the priority, else the urgency. `merged_into`: it is part of another incident, which then began with the first of its parts.
grain: one row per source and id
*/
with incident as (
  select
    source,
    id,
    payload,
    staging.instant(payload ->> '$.created_at') as created_at,
    case
      when (payload ->> '$.resolve_reason.type') = 'merge_resolve_reason' then payload ->> '$.resolve_reason.incident.id'
    end as merged_into
  from staging.pagerduty_record
  where stream = 'incident'
),
part as (
  select source, merged_into as id, min(created_at) as created_at
  from incident
  where merged_into is not null
  group by source, merged_into
),
step as (
  select
    source,
    incident as id,
    min("at") filter (where kind = 'trigger') as triggered_at,
    min("at") filter (where kind = 'acknowledge') as acknowledged_at,
    min("at") filter (where kind = 'resolve') as first_resolved_at,
    max("at") filter (where kind = 'resolve') as resolved_at,
    max("at") filter (where kind = 'trigger') as last_triggered_at
  from staging.pagerduty_log_entry
  group by source, incident
),
said as (
  select
    n.source,
    n.incident as id,
    arg_max(coalesce(n.said_at, n."at"), struct_pack("at" := n."at", k := n.id)) filter (
      where n.kind = 'mitigated' and (s.first_resolved_at is null or s.last_triggered_at <= s.first_resolved_at or n."at" >= s.last_triggered_at)
    ) as mitigated_at,
    arg_max(n.said_at, struct_pack("at" := n."at", k := n.id)) filter (where n.kind = 'started' and n.said_at is not null) as started_at,
    arg_max(n.said, struct_pack("at" := n."at", k := n.id)) filter (where n.kind = 'cause') as cause,
    arg_max(n.said, struct_pack("at" := n."at", k := n.id)) filter (where n.kind = 'classification') as classification,
    arg_max(n.said, struct_pack("at" := n."at", k := n.id)) filter (where n.kind = 'caused_by') as caused_by
  from staging.pagerduty_note as n
  left join step as s on s.source = n.source and s.id = n.incident
  group by n.source, n.incident
)
select
  i.source,
  i.id,
  v.service,
  i.payload ->> '$.title' as title,
  coalesce(i.payload ->> '$.priority.name', i.payload ->> '$.priority.summary', i.payload ->> '$.urgency') as severity,
  n.classification,
  coalesce(n.started_at, least(i.created_at, p.created_at)) as started_at,
  coalesce(s.triggered_at, i.created_at) as detected_at,
  s.acknowledged_at,
  n.mitigated_at,
  case
    when (i.payload ->> '$.status') = 'resolved'
      then coalesce(
        staging.instant(i.payload ->> '$.resolved_at'),
        s.resolved_at,
        staging.instant(i.payload ->> '$.last_status_change_at')
      )
  end as resolved_at,
  list_filter(list_transform(string_split(n.caused_by, ','), lambda one: trim(one)), lambda one: one <> '') as caused_by,
  n.cause,
  i.payload ->> '$.html_url' as url,
  cast(null as varchar) as environment,
  i.merged_into,
  i.payload ->> '$.service.id' as pagerduty_service,
  staging.whole(i.payload ->> '$.incident_number') as number,
  i.payload ->> '$.urgency' as urgency,
  staging.whole(i.payload ->> '$.alert_counts.all') as alerts
from incident as i
left join staging.pagerduty_service as v on v.source = i.source and v.id = (i.payload ->> '$.service.id')
left join part as p on p.source = i.source and p.id = i.id
left join step as s on s.source = i.source and s.id = i.id
left join said as n on n.source = i.source and n.id = i.id
order by i.source, i.id
