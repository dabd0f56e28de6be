/*
title: Services from files
description: What is deployed and owned. Services in quarterdeck.yaml win over rows of the same name.
grain: one row per source and name
*/
select
  r.source,
  r.payload ->> 'name' as name,
  r.payload ->> 'repository' as repository,
  try_cast(r.payload -> 'paths' as varchar[]) as paths,
  try_cast(r.payload -> 'shared_paths' as varchar[]) as shared_paths,
  try_cast(r.payload ->> 'tier' as bigint) as tier,
  try_cast(r.payload -> 'regulated' as varchar[]) as regulated,
  try_cast(r.payload -> 'upstream' as varchar[]) as upstream,
  try_cast(r.payload ->> 'active_from' as timestamptz) as active_from,
  try_cast(r.payload ->> 'retired_at' as timestamptz) as retired_at
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'service'
order by r.source, name
