/*
title: Releases
grain: one row per known service and version that a source names or that was deployed
audience: teams
columns:
  service: Name of the service
  version: Version of the release
  title: Title that the source gives it
  kind: strategic, operational or emergency, where stated
  train: Release train that it belongs to
  tag: Tag in the repository
  sha: Commit that was released
  teams: Teams that owned the service when it first went live
  planned_at: When it was planned for
  published_at: When the source published it
  first_live_at: When it first went live in production
  last_live_at: When it last went live in production
  deployments: Production deployments of it
  failed_deployments: How many of them failed
  pending_deployments: How many of them cannot be judged yet
  unknown_deployments: How many of them cannot be judged
  open_failures: Failed deployments that are not restored at as-of
  attempts: Deployment attempts in every environment
  unsuccessful_attempts: How many of the attempts failed or were cancelled
  changes: Changes that it was the first to bring to production
  approved_changes: How many of them were approved by somebody else before the merge
  approvals: Decisions on its deployments and change requests
  late_approvals: How many of the decisions came after the start
  test_suites: Test results of what was deployed
  failed_test_suites: How many of them failed
  incidents: Incidents for whose cause it is an accepted candidate
  candidate_incidents: Incidents for whose cause it is a candidate
  url: Page in the source
*/
select
  service,
  version,
  title,
  kind,
  train,
  tag,
  sha,
  teams,
  planned_at,
  published_at,
  first_live_at,
  last_live_at,
  waves as deployments,
  failed_waves as failed_deployments,
  pending_waves as pending_deployments,
  unknown_waves as unknown_deployments,
  open_failures,
  attempts,
  unsuccessful_attempts,
  changes,
  approved_changes,
  approvals,
  late_approvals,
  suites as test_suites,
  failed_suites as failed_test_suites,
  accepted_incidents as incidents,
  candidate_incidents,
  url
from reports.release_summary
where service in (select service from model.service)
order by service, version
