/*
title: Evidence of releases
grain: one row per release and piece of evidence about one of its production deployments or what they deployed
description: "`is_before` is not known to have come only after the first of them began."
*/
select
  r.release_id,
  e.evidence_id,
  e.kind,
  e.occurred_at,
  e.actor,
  e.outcome,
  e.digest,
  coalesce(e.occurred_at < coalesce(r.started_at, r.went_live_at), true) as is_before
from controls.production_release as r
join controls.production_deployment as d on d.service = r.service and d.version = r.version
join controls.deployment_evidence as e on e.deployment_id = d.deployment_id
group by r.release_id, e.evidence_id, e.kind, e.occurred_at, e.actor, e.outcome, e.digest, r.started_at, r.went_live_at
order by r.release_id, e.evidence_id, e.digest
