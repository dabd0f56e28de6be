/*
title: Change requests from files
description: A ticket that authorises a change.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "title": "VARCHAR", "description": "VARCHAR", "reason": "VARCHAR", "impact": "VARCHAR", "affected_items": ["VARCHAR"],
        "owner": "VARCHAR", "type": "VARCHAR", "template": "VARCHAR", "risk": "VARCHAR", "service": "VARCHAR", "status": "VARCHAR",
        "requested_by": "VARCHAR", "created_at": "VARCHAR", "planned_start": "VARCHAR", "planned_end": "VARCHAR", "rollback_plan": "VARCHAR",
        "test_plan": "VARCHAR", "review_at": "VARCHAR", "closed_at": "VARCHAR", "incidents": ["VARCHAR"], "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'change_request'
)
select
  source,
  said.id as id,
  said.title as title,
  said.description as description,
  said.reason as reason,
  said.impact as impact,
  said.affected_items as affected_items,
  said.owner as owner,
  said.type as type,
  said.template as template,
  said.risk as risk,
  said.service as service,
  said.status as status,
  said.requested_by as requested_by,
  staging.instant(said.created_at) as created_at,
  staging.instant(said.planned_start) as planned_start,
  staging.instant(said.planned_end) as planned_end,
  said.rollback_plan as rollback_plan,
  said.test_plan as test_plan,
  staging.instant(said.review_at) as review_at,
  staging.instant(said.closed_at) as closed_at,
  said.incidents as incidents,
  said.url as url
from record
order by source, id
