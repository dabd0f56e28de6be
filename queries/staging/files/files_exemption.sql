/*
title: Exemptions from files
description: A control waived, by whom, until when.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'control' as control,
  r.payload ->> 'scope' as scope,
  r.payload ->> 'requested_by' as requested_by,
  r.payload ->> 'approver' as approver,
  r.payload ->> 'reason' as reason,
  r.payload ->> 'compensating_control' as compensating_control,
  try_cast(r.payload -> 'findings' as varchar[]) as findings,
  try_cast(r.payload ->> 'approved_at' as timestamptz) as approved_at,
  try_cast(r.payload ->> 'valid_from' as timestamptz) as valid_from,
  try_cast(r.payload ->> 'valid_until' as timestamptz) as valid_until
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'exemption'
order by r.source, id
