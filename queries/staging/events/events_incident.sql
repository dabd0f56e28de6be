/*
title: Incidents from events
description: >
  It began at its first event where nobody states when, and is over at its last `resolved`, unless it was detected again after that. A link
  of the kind CAUSE or CAUSED_BY to another event names its cause.
grain: one row per source and id
*/
with said as (
  select
    source, event_key, predicate, "at", subject_id, service, environment, content, links,
    stated -> '$.incident' as stated
  from staging.events_event
  where subject_type = 'incident' and predicate in ('detected', 'reported', 'resolved')
),
link as (
  select s.source, s.subject_id, entry.value ->> '$.target.contextId' as context_id
  from said as s,
    json_each(s.links) as entry
  where
    upper(entry.value ->> '$.linkType') = 'RELATION'
    and replace(upper(entry.value ->> '$.linkKind'), '_', '') in ('CAUSE', 'CAUSEDBY')
    and (entry.value ->> '$.target.contextId') is not null
),
cause as (
  select l.source, l.subject_id, list_sort(array_agg(distinct coalesce(e.stated ->> '$.deployment.id', e.event_id, l.context_id))) as caused_by
  from link as l
  left join staging.events_event as e on e.source = l.source and e.context_id = l.context_id
  group by l.source, l.subject_id
),
folded as (
  select
    source,
    subject_id,
    arg_max(service, struct_pack("at" := "at", k := event_key)) as service,
    arg_max(environment, struct_pack("at" := "at", k := event_key)) as environment,
    arg_min(content ->> '$.description', struct_pack("at" := "at", k := event_key)) as description,
    min("at") as started_at,
    min("at") filter (where predicate = 'detected') as detected_at,
    max("at") filter (where predicate = 'detected') as last_detected_at,
    max("at") filter (where predicate = 'resolved') as resolved_at,
    arg_max(content ->> '$.ticketURI', struct_pack("at" := "at", k := event_key)) as url,
    list_reduce(list(stated order by "at", event_key) filter (where stated is not null), lambda a, b: json_merge_patch(a, b)) as stated
  from said
  group by source, subject_id
),
ranked as (
  select
    f.*,
    c.caused_by,
    coalesce(f.stated ->> '$.id', f.subject_id) as id,
    row_number() over (partition by f.source, coalesce(f.stated ->> '$.id', f.subject_id) order by f.subject_id) as choice
  from folded as f
  left join cause as c on c.source = f.source and c.subject_id = f.subject_id
)
select
  source,
  id,
  coalesce(stated ->> '$.service', service) as service,
  coalesce(stated ->> '$.title', nullif(split_part(description, chr(10), 1), '')) as title,
  stated ->> '$.severity' as severity,
  stated ->> '$.classification' as classification,
  coalesce(staging.instant(stated ->> '$.started_at'), started_at) as started_at,
  coalesce(staging.instant(stated ->> '$.detected_at'), detected_at) as detected_at,
  staging.instant(stated ->> '$.acknowledged_at') as acknowledged_at,
  staging.instant(stated ->> '$.mitigated_at') as mitigated_at,
  coalesce(
    staging.instant(stated ->> '$.resolved_at'),
    case when last_detected_at is null or last_detected_at <= resolved_at then resolved_at end
  ) as resolved_at,
  coalesce(try_cast(stated -> '$.caused_by' as varchar[]), caused_by) as caused_by,
  stated ->> '$.cause' as cause,
  coalesce(stated ->> '$.description', description) as description,
  try_cast(stated -> '$.labels' as varchar[]) as labels,
  try_cast(stated -> '$.links' as varchar[]) as links,
  stated ->> '$.post_mortem' as post_mortem,
  coalesce(stated ->> '$.url', url) as url,
  environment
from ranked
where choice = 1
order by source, id
