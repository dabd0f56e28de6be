/*
title: Tickets from events
description: A ticket is resolved when it was closed last, unless it was created anew after that.
grain: one row per source and id
*/
with folded as (
  select
    source,
    id,
    arg_max(service, struct_pack("at" := "at", k := event_key)) as service,
    arg_max(lower(content ->> '$.ticketType'), struct_pack("at" := "at", k := event_key)) as type,
    arg_max(content ->> '$.summary', struct_pack("at" := "at", k := event_key)) as summary,
    arg_max(status, struct_pack("at" := "at", k := event_key)) as status,
    min("at") filter (where predicate = 'created') as created_at,
    max("at") filter (where predicate = 'created') as last_created_at,
    max("at") filter (where predicate = 'closed') as closed_at,
    arg_max(content ->> '$.assignees[0]', struct_pack("at" := "at", k := event_key)) as assignee,
    arg_max(try_cast(content -> '$.labels' as varchar[]), struct_pack("at" := "at", k := event_key)) as labels,
    arg_max(content ->> '$.uri', struct_pack("at" := "at", k := event_key)) as url,
    list_reduce(list(stated order by "at", event_key) filter (where stated is not null), lambda a, b: json_merge_patch(a, b)) as stated
  from staging.events_ticket_step
  group by source, id
)
select
  source,
  id,
  coalesce(
    stated ->> '$.kind',
    case type when 'bug' then 'bug' when 'incident' then 'incident' when 'enhancement' then 'story' when 'task' then 'task' end
  ) as kind,
  coalesce(stated ->> '$.title', summary) as title,
  status,
  coalesce(stated ->> '$.service', service) as service,
  coalesce(staging.instant(stated ->> '$.created_at'), created_at) as created_at,
  coalesce(
    staging.instant(stated ->> '$.resolved_at'),
    case when last_created_at is null or last_created_at <= closed_at then closed_at end
  ) as resolved_at,
  coalesce(stated ->> '$.assignee', assignee) as assignee,
  coalesce(try_cast(stated -> '$.labels' as varchar[]), labels) as labels,
  staging.day(stated ->> '$.due_on') as due_on,
  stated ->> '$.regulation' as regulation,
  coalesce(stated ->> '$.url', url) as url
from folded
order by source, id
