/*
title: Change request approvals from files
description: A decision on a change request.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "change_request": "VARCHAR", "approver": "VARCHAR", "role": "VARCHAR", "decision": "VARCHAR", "decided_at": "VARCHAR",
        "justification": "VARCHAR", "sha": "VARCHAR", "expires_at": "VARCHAR", "withdrawn_at": "VARCHAR", "conditions": ["VARCHAR"],
        "conditions_met_at": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'change_request_approval'
)
select
  source,
  said.id as id,
  said.change_request as change_request,
  said.approver as approver,
  said.role as role,
  said.decision as decision,
  staging.instant(said.decided_at) as decided_at,
  said.justification as justification,
  said.sha as sha,
  staging.instant(said.expires_at) as expires_at,
  staging.instant(said.withdrawn_at) as withdrawn_at,
  said.conditions as conditions,
  staging.instant(said.conditions_met_at) as conditions_met_at
from record
order by source, id
