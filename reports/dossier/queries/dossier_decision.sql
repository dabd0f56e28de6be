/*
title: Decisions in dossiers
grain: one row per dossier and decision on one of its deployments or change requests
description: "`timing` compares a decision on a deployment with its start, one on a change request with the start of the first of the deployments."
version: 1
*/
with first_start as (
  select a.unit, min(d.occurred_at) as started_at
  from dossier_attempt as a
  join controls.production_deployment as d on d.deployment_id = a.deployment_id
  group by a.unit
),
decided as (
  select
    a.unit, 'deployment' as kind, d.approval_id, d.deployment_id as subject, d.approver, null as role, d.decision, d.decided_at, d.is_derived,
    d.justification, null::timestamptz as withdrawn_at, p.occurred_at as started_at
  from dossier_attempt as a
  join controls.production_deployment as p on p.deployment_id = a.deployment_id
  join model.deployment_approval as d on d.deployment_id = a.deployment_id
  union all
  select
    r.unit, 'change request' as kind, p.approval_id, r.native_id as subject, p.approver, p.role, p.decision, p.decided_at, p.is_derived,
    p.justification, p.withdrawn_at, f.started_at
  from dossier_request as r
  join model.change_request_approval as p on p.change_request_id = r.change_request_id
  left join first_start as f on f.unit = r.unit
)
select
  d.unit,
  d.kind,
  d.approval_id,
  d.subject,
  case when d.approver is null then 'not recorded' else coalesce(w.shown_as, 'withheld') end as approver,
  d.role,
  d.decision,
  d.decided_at,
  d.is_derived,
  case
    when d.decided_at is null or d.started_at is null then 'time not recorded'
    when d.decided_at < d.started_at then 'before the start'
    else 'after the start'
  end as timing,
  d.justification,
  d.withdrawn_at
from decided as d
left join model.actor as w on w.login = d.approver
order by d.unit, d.decided_at nulls last, d.kind, d.approval_id, d.subject
