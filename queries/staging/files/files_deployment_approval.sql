/*
title: Deployment approvals from files
description: A decision on a deployment.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "deployment": "VARCHAR", "approver": "VARCHAR", "decision": "VARCHAR", "decided_at": "VARCHAR", "is_derived": "VARCHAR",
        "justification": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'deployment_approval'
)
select
  source,
  said.id as id,
  said.deployment as deployment,
  said.approver as approver,
  said.decision as decision,
  staging.instant(said.decided_at) as decided_at,
  try_cast(said.is_derived as boolean) as is_derived,
  said.justification as justification
from record
order by source, id
