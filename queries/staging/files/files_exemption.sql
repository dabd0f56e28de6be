/*
title: Exemptions from files
description: A control waived, by whom, until when.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "control": "VARCHAR", "scope": "VARCHAR", "requested_by": "VARCHAR", "approver": "VARCHAR", "reason": "VARCHAR",
        "compensating_control": "VARCHAR", "findings": ["VARCHAR"], "approved_at": "VARCHAR", "valid_from": "VARCHAR", "valid_until": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'exemption'
)
select
  source,
  said.id as id,
  said.control as control,
  said.scope as scope,
  said.requested_by as requested_by,
  said.approver as approver,
  said.reason as reason,
  said.compensating_control as compensating_control,
  said.findings as findings,
  staging.instant(said.approved_at) as approved_at,
  staging.instant(said.valid_from) as valid_from,
  staging.instant(said.valid_until) as valid_until
from record
order by source, id
