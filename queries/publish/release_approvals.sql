/*
title: Approvals of releases
grain: one row per release and decision on one of its deployments or on a change request that authorises one
audience: teams
part: service
columns:
  service: Name of the service
  version: Version of the release
  kind: "What was decided on: deployment or change request"
  approval_id: Identifier of the decision
  subject: Identifier of what was decided on
  subject_title: Title of the change request
  subject_type: Type of the change request
  environment: Environment of the deployment
  approver: Who decided, as people are published
  role: Role in which they decided
  decision: What was decided
  decided_at: When it was decided
  is_derived: True where the time is derived, not stated
  timing: Whether the decision came before the start of the first deployment that it is about
  justification: Reason that was given
  url: Page in the source
  covered_changes: Changes of the release that an approval is about
  later_changes: Those of them that were merged after it
*/
select
  service,
  version,
  kind,
  approval_id,
  subject,
  subject_title,
  subject_type,
  environment,
  approver,
  role,
  decision,
  decided_at,
  is_derived,
  timing,
  justification,
  url,
  covered_changes,
  later_changes
from reports.release_approvals
order by service, version, kind, decided_at nulls last, approval_id, subject
