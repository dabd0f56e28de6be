/*
title: Decisions on deployments of the period
grain: one row per deployment of the period and decision on it or on a change request that it names
description: "`timing` compares the decision with the start of the deployment. Of note is what was not an approval before it."
version: 1
*/
select
  d.deployment_id,
  p.service,
  p.occurred_at,
  d.kind,
  d.approval_id,
  d.subject,
  d.subject_type,
  case when d.approver is null then 'not recorded' else coalesce(a.shown_as, 'withheld') end as approver,
  d.role,
  d.decision,
  d.decided_at,
  d.is_derived,
  d.timing,
  d.justification,
  d.decision is distinct from 'approved' or d.timing <> 'before the start' as is_of_note
from period_deployment as p
join reports.deployment_decision as d on d.deployment_id = p.deployment_id
left join model.actor as a on a.login = d.approver
order by p.occurred_at, d.deployment_id, d.kind, d.decided_at nulls last, d.approval_id, d.subject
