/*
title: Deployment approvals from files
description: A decision on a deployment.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'deployment' as deployment,
  r.payload ->> 'approver' as approver,
  r.payload ->> 'decision' as decision,
  try_cast(r.payload ->> 'decided_at' as timestamptz) as decided_at,
  try_cast(r.payload ->> 'is_derived' as boolean) as is_derived,
  r.payload ->> 'justification' as justification
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'deployment_approval'
order by r.source, id
