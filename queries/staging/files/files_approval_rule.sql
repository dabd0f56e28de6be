/*
title: Approval rules from files
description: "A line of the approval matrix: which approval a change needs."
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'path' as path,
  r.payload ->> 'role' as role,
  try_cast(r.payload ->> 'approvals' as bigint) as approvals,
  r.payload ->> 'change_type' as change_type,
  r.payload ->> 'risk' as risk,
  try_cast(r.payload ->> 'tier' as bigint) as tier,
  r.payload ->> 'service' as service,
  r.payload ->> 'release_step' as release_step,
  try_cast(r.payload ->> 'valid_hours' as bigint) as valid_hours,
  try_cast(r.payload ->> 'late_hours' as bigint) as late_hours,
  try_cast(r.payload ->> 'valid_from' as date) as valid_from,
  try_cast(r.payload ->> 'valid_until' as date) as valid_until
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'approval_rule'
order by r.source, id
