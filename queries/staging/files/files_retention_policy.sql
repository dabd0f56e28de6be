/*
title: Retention policies from files
description: How long records of a class are kept.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'record_class' as record_class,
  try_cast(r.payload ->> 'keep_for' as bigint) as keep_for,
  r.payload ->> 'keep_unit' as keep_unit,
  r.payload ->> 'system' as system,
  r.payload ->> 'service' as service,
  r.payload ->> 'basis' as basis,
  r.payload ->> 'owner' as owner,
  r.payload ->> 'approver' as approver,
  try_cast(r.payload ->> 'valid_from' as date) as valid_from,
  try_cast(r.payload ->> 'valid_until' as date) as valid_until,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'retention_policy'
order by r.source, id
