/*
title: Approval rules from files
description: "A line of the approval matrix: which approval a change needs."
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "path": "VARCHAR", "role": "VARCHAR", "approvals": "VARCHAR", "change_type": "VARCHAR", "risk": "VARCHAR",
        "tier": "VARCHAR", "service": "VARCHAR", "release_step": "VARCHAR", "valid_hours": "VARCHAR", "late_hours": "VARCHAR",
        "valid_from": "VARCHAR", "valid_until": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'approval_rule'
)
select
  source,
  said.id as id,
  said.path as path,
  said.role as role,
  staging.whole(said.approvals) as approvals,
  said.change_type as change_type,
  said.risk as risk,
  staging.whole(said.tier) as tier,
  said.service as service,
  said.release_step as release_step,
  staging.span(said.valid_hours) as valid_hours,
  staging.span(said.late_hours) as late_hours,
  staging.day(said.valid_from) as valid_from,
  staging.day(said.valid_until) as valid_until
from record
order by source, id
