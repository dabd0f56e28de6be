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
  try_cast(said.approvals as bigint) as approvals,
  said.change_type as change_type,
  said.risk as risk,
  try_cast(said.tier as bigint) as tier,
  said.service as service,
  said.release_step as release_step,
  try_cast(said.valid_hours as bigint) as valid_hours,
  try_cast(said.late_hours as bigint) as late_hours,
  try_cast(said.valid_from as date) as valid_from,
  try_cast(said.valid_until as date) as valid_until
from record
order by source, id
