/*
title: Change requests of releases
grain: one row per release and change request that one of its deployments names
audience: teams
part: service
columns:
  service: Name of the service
  version: Version of the release
  change_request: Change request as the deployments name it
  is_known: Whether it is among the collected change requests
  title: Title
  type: standard, normal or emergency
  risk: Risk as stated
  status: Status at as-of
  requested_by: Who asked for it, as people are published
  created_at: When it was created
  planned_start: Start of the planned window
  planned_end: End of the planned window
  timing: When production began, against the planned window
  has_rollback_plan: Whether a rollback plan is recorded
  has_test_plan: Whether a test plan is recorded
  review_at: When it was reviewed after implementation
  closed_at: When it was closed
  attempts: Deployment attempts of the release that name it
  approvals: Approvals of it
  rejections: Rejections of it
  url: Page in the source
*/
select
  service,
  version,
  reference as change_request,
  is_known,
  title,
  type,
  risk,
  status,
  requested_by,
  created_at,
  planned_start,
  planned_end,
  timing,
  has_rollback_plan,
  has_test_plan,
  review_at,
  closed_at,
  attempts,
  approvals,
  rejections,
  url
from reports.release_change_requests
order by service, version, change_request, created_at nulls last
