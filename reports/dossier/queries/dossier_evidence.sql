/*
title: Validation and other evidence in dossiers
grain: one row per dossier and piece of evidence about its deployments or what they deployed
version: 1
*/
select
  a.unit,
  e.evidence_id,
  e.kind,
  e.occurred_at,
  case when e.actor is null then 'not recorded' else coalesce(w.shown_as, 'withheld') end as actor,
  e.outcome,
  bool_or(e.is_before) as is_before
from dossier_attempt as a
join controls.deployment_evidence as e on e.deployment_id = a.deployment_id
left join model.actor as w on w.login = e.actor
group by a.unit, e.evidence_id, e.kind, e.occurred_at, e.actor, w.shown_as, e.outcome
order by a.unit, e.occurred_at nulls last, e.kind, e.evidence_id
