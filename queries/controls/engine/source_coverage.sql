/*
title: What sources are known to hold wholly
grain: one row per kind of record, service and span, as each source or assertion says it
rule: >
  A completeness assertion; else, of a system with an API, what it was read for, from `since` to its last collection. A source that declared more records than are stored
  covers nothing.
description: >
  Where quarterdeck.yaml names dependencies, they are those of all services that it lists. Changes, reviews, commits and runs cover the services of repositories that the source was seen to have; change requests and tickets all services.
  `said_by` is who asserts it; empty for a system.
*/
with short as (
  select distinct source
  from controls.stream_tally
  where declared_total > records
),
held (collector, entity, is_by_repository) as (
  values
  ('github', 'change', true), ('github', 'change_review', true), ('github', 'commit', true), ('github', 'deployment', true),
  ('github', 'deployment_approval', true), ('github', 'pipeline_run', true), ('github', 'pipeline_job', true), ('github', 'release', true),
  ('gitlab', 'change', true), ('gitlab', 'change_review', true), ('gitlab', 'commit', true), ('gitlab', 'deployment', true),
  ('gitlab', 'deployment_approval', true), ('gitlab', 'pipeline_run', true), ('gitlab', 'pipeline_job', true), ('gitlab', 'release', true),
  ('git', 'commit', true),
  ('jira', 'change_request', false), ('jira', 'change_request_approval', false), ('jira', 'ticket', false), ('jira', 'ticket_transition', false),
  ('servicenow', 'change_request', false), ('servicenow', 'change_request_approval', false), ('servicenow', 'configuration_item', false),
  ('servicenow', 'service_dependency', false)
),
seen as (
  select source, repository
  from model.reported_change
  union
  select source, repository
  from model.reported_commit
  union
  select source, repository
  from model.reported_deployment
),
repository_service as (
  select distinct s.source, p.service
  from seen as s
  join model.service as p on p.repository = s.repository
),
collected as (
  select k.source, h.entity, s.service, k.options ->> 'since' as since, l.collected_at
  from staging.source as k
  join held as h on h.collector = k.collector
  join model.last_collection as l on l.source = k.source
  cross join model.service as s
  where
    not exists (select 1 from short as x where x.source = k.source)
    and (not h.is_by_repository or exists (select 1 from repository_service as r where r.source = k.source and r.service = s.service))
)
select entity, service, asserted_from as covered_from, asserted_until as covered_until, source, asserted_by as said_by
from model.completeness_assertion
where entity <> 'incident' and not exists (select 1 from short as x where x.source = completeness_assertion.source)
union
select 'incident' as entity, service, covered_from, covered_until, source, null as said_by
from model.incident_coverage
where not exists (select 1 from short as x where x.source = incident_coverage.source)
union
select
  entity,
  service,
  coalesce(try_cast(since || 'T00:00:00Z' as timestamptz), timestamptz '0001-01-01 00:00:00+00') as covered_from,
  collected_at as covered_until,
  source,
  null as said_by
from collected
union
select 'service_dependency' as entity, service, timestamptz '0001-01-01 00:00:00+00', getvariable('as_of')::timestamptz, 'quarterdeck.yaml', null as said_by
from staging.config_service
where exists (select 1 from staging.config_service as c where len(c.upstream) > 0)
order by entity, service, covered_from, covered_until, source, said_by
