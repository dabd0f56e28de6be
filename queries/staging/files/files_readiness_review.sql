/*
title: Readiness reviews from files
description: "A review before a release: is everything there that it needs?"
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "change_request": "VARCHAR", "service": "VARCHAR", "version": "VARCHAR", "reviewed_at": "VARCHAR", "reviewer": "VARCHAR",
        "outcome": "VARCHAR", "has_rollback_plan": "VARCHAR", "has_communication_plan": "VARCHAR", "has_support_cover": "VARCHAR",
        "has_monitoring": "VARCHAR", "has_health_checks": "VARCHAR", "has_premortem": "VARCHAR", "open_items": ["VARCHAR"], "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'readiness_review'
)
select
  source,
  said.id as id,
  said.change_request as change_request,
  said.service as service,
  said.version as version,
  staging.instant(said.reviewed_at) as reviewed_at,
  said.reviewer as reviewer,
  said.outcome as outcome,
  try_cast(said.has_rollback_plan as boolean) as has_rollback_plan,
  try_cast(said.has_communication_plan as boolean) as has_communication_plan,
  try_cast(said.has_support_cover as boolean) as has_support_cover,
  try_cast(said.has_monitoring as boolean) as has_monitoring,
  try_cast(said.has_health_checks as boolean) as has_health_checks,
  try_cast(said.has_premortem as boolean) as has_premortem,
  said.open_items as open_items,
  said.url as url
from record
order by source, id
