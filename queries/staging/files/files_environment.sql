/*
title: Environments from files
description: Where software runs. Environments in quarterdeck.yaml win over rows of the same name.
grain: one row per source and name
*/
select
  r.source,
  r.payload ->> 'name' as name,
  r.payload ->> 'kind' as kind,
  try_cast(r.payload ->> 'rank' as bigint) as rank,
  r.payload ->> 'wave' as wave,
  try_cast(r.payload ->> 'created_at' as timestamptz) as created_at,
  try_cast(r.payload ->> 'removed_at' as timestamptz) as removed_at,
  try_cast(r.payload ->> 'is_ephemeral' as boolean) as is_ephemeral,
  r.payload ->> 'provisioned_by' as provisioned_by,
  r.payload ->> 'code' as code
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'environment'
order by r.source, name
