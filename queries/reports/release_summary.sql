/*
title: Releases in short
grain: one row per service and version
description: >
  What the first page of a pack says. Counts are of what was collected: where nothing of a kind was, `has_` columns
  say whether any source brings that kind at all.
*/
with wave as (
  select
    service,
    version,
    count(*) as waves,
    min(live_at) as first_live_at,
    max(live_at) as last_live_at,
    count(*) filter (where is_failure) as failed_waves,
    count(*) filter (where outcome = 'pending') as pending_waves,
    count(*) filter (where outcome is null or outcome = 'unknown') as unknown_waves,
    count(*) filter (where is_open) as open_failures
  from reports.release_waves
  group by service, version
),
attempt as (
  select
    service,
    version,
    count(*) as attempts,
    count(*) filter (where environment_kind = 'production') as production_attempts,
    count(*) filter (where status in ('failure', 'cancelled')) as unsuccessful_attempts
  from reports.release_deployments
  group by service, version
),
change as (
  select
    service,
    version,
    count(*) as changes,
    count(*) filter (where is_approved) as approved_changes,
    count(*) filter (where has_review_source) as changes_with_review_source,
    count(*) filter (where kind = 'commit') as commits_without_request
  from reports.release_changes
  group by service, version
),
approval as (
  select
    service,
    version,
    count(*) as approvals,
    count(*) filter (where decision = 'rejected') as rejections,
    count(*) filter (where timing = 'after the start') as late_approvals
  from reports.release_approvals
  group by service, version
),
test as (
  select
    service,
    version,
    count(*) as suites,
    count(*) filter (where outcome = 'failed') as failed_suites,
    count(*) filter (where outcome = 'not known') as unknown_suites
  from reports.release_tests
  group by service, version
),
incident as (
  select
    service,
    version,
    count(distinct incident_id) as candidate_incidents,
    count(distinct incident_id) filter (where is_accepted) as accepted_incidents
  from reports.release_incidents
  group by service, version
),
owner as (
  select r.service, r.version, string_agg(distinct coalesce(t.title, o.team), ', ' order by coalesce(t.title, o.team)) as teams
  from reports.release_scope as r
  left join wave as w on w.service = r.service and w.version = r.version
  join model.ownership as o
    on
      o.service = r.service
      and o.owned_from <= coalesce(w.first_live_at, getvariable('as_of'))
      and coalesce(w.first_live_at, getvariable('as_of')) < o.owned_until
  left join model.team as t on t.team = o.team
  group by r.service, r.version
),
collected as (
  select
    (select count(*) from model.deployment_approval) + (select count(*) from model.change_request_approval) as approvals,
    (select count(*) from model.test_result) as tests,
    (select count(*) from model.incident) as incidents
),
covered as (
  select w.service, w.version, count(distinct w.wave_id) as waves
  from reports.release_waves as w
  join model.incident_coverage as c on c.service = w.service and c.covered_from <= w.live_at and w.live_at < c.covered_until
  group by w.service, w.version
)
select
  r.service,
  r.version,
  s.title as service_title,
  s.repository,
  s.tier,
  coalesce(s.regulated, []) as regulated,
  o.teams,
  l.release_id,
  l.title,
  l.kind,
  l.train,
  l.tag,
  r.sha,
  l.notes,
  l.planned_at,
  l.published_at,
  l.url,
  coalesce(w.waves, 0) as waves,
  w.first_live_at,
  w.last_live_at,
  coalesce(w.failed_waves, 0) as failed_waves,
  coalesce(w.pending_waves, 0) as pending_waves,
  coalesce(w.unknown_waves, 0) as unknown_waves,
  coalesce(w.open_failures, 0) as open_failures,
  coalesce(d.attempts, 0) as attempts,
  coalesce(d.production_attempts, 0) as production_attempts,
  coalesce(d.unsuccessful_attempts, 0) as unsuccessful_attempts,
  coalesce(c.changes, 0) as changes,
  coalesce(c.approved_changes, 0) as approved_changes,
  coalesce(c.changes_with_review_source, 0) as changes_with_review_source,
  coalesce(c.commits_without_request, 0) as commits_without_request,
  coalesce(a.approvals, 0) as approvals,
  coalesce(a.rejections, 0) as rejections,
  coalesce(a.late_approvals, 0) as late_approvals,
  coalesce(t.suites, 0) as suites,
  coalesce(t.failed_suites, 0) as failed_suites,
  coalesce(t.unknown_suites, 0) as unknown_suites,
  coalesce(i.candidate_incidents, 0) as candidate_incidents,
  coalesce(i.accepted_incidents, 0) as accepted_incidents,
  k.approvals > 0 as has_approvals,
  k.tests > 0 as has_tests,
  k.incidents > 0 as has_incidents,
  coalesce(v.waves, 0) as waves_with_incident_source
from reports.release_scope as r
left join model.service as s on s.service = r.service
left join model.release as l on l.service = r.service and l.version = r.version
left join owner as o on o.service = r.service and o.version = r.version
left join wave as w on w.service = r.service and w.version = r.version
left join attempt as d on d.service = r.service and d.version = r.version
left join change as c on c.service = r.service and c.version = r.version
left join approval as a on a.service = r.service and a.version = r.version
left join test as t on t.service = r.service and t.version = r.version
left join incident as i on i.service = r.service and i.version = r.version
left join covered as v on v.service = r.service and v.version = r.version
cross join collected as k
order by r.service, r.version
