/*
title: Evidence from events
description: >
  What happened to environments, branches, repositories, services and artifacts beyond what other entities hold, test outputs, and whatever an event of
  any type states as evidence.
grain: one row per source and id
*/
with said as (
  select
    e.source,
    e.event_key,
    coalesce(e.stated ->> '$.evidence.id', e.event_id) as id,
    coalesce(e.stated ->> '$.evidence.kind', e.subject_type || '_' || e.predicate) as kind,
    coalesce(
      e.stated ->> '$.evidence.subject',
      case when e.subject_type = 'testoutput' then e.content ->> '$.testCaseRun.id' end,
      case when e.subject_type = 'service' then e.service end,
      e.subject_id
    ) as subject,
    coalesce(e.stated ->> '$.evidence.service', e.service) as service,
    coalesce(staging.instant(e.stated ->> '$.evidence.at'), e."at") as "at",
    coalesce(e.stated ->> '$.evidence.actor', e.content ->> '$.user') as actor,
    e.stated ->> '$.evidence.outcome' as outcome,
    coalesce(e.stated ->> '$.evidence.url', e.content ->> '$.uri', e.content ->> '$.viewUrl') as url,
    coalesce(e.stated -> '$.evidence.attributes', e.content) as attributes
  from staging.events_event as e
  left join staging.events_type as t on t.subject_type = e.subject_type and t.predicate = e.predicate
  where t.entity in ('evidence', 'environment', 'ref') or json_type(e.stated, '$.evidence') = 'OBJECT'
),
ranked as (
  select
    source, id, kind, subject, service, "at", actor, outcome, url, attributes,
    row_number() over (partition by source, id order by "at" desc, event_key) as choice
  from said
)
select source, id, kind, subject, service, "at", actor, outcome, url, attributes
from ranked
where choice = 1
order by source, id
