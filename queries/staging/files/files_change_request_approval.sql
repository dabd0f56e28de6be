/*
title: Change request approvals from files
description: A decision on a change request.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'change_request' as change_request,
  r.payload ->> 'approver' as approver,
  r.payload ->> 'role' as role,
  r.payload ->> 'decision' as decision,
  try_cast(r.payload ->> 'decided_at' as timestamptz) as decided_at,
  r.payload ->> 'justification' as justification,
  r.payload ->> 'sha' as sha,
  try_cast(r.payload ->> 'expires_at' as timestamptz) as expires_at,
  try_cast(r.payload ->> 'withdrawn_at' as timestamptz) as withdrawn_at,
  try_cast(r.payload -> 'conditions' as varchar[]) as conditions,
  try_cast(r.payload ->> 'conditions_met_at' as timestamptz) as conditions_met_at
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'change_request_approval'
order by r.source, id
