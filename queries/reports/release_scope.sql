/*
title: Releases that a pack can be made of
grain: one row per service and version
description: What a source names a release, and every version that was deployed. The commit joins deployments that state no version.
*/
with named as (
  select service, version, sha
  from model.release
  union
  select service, version, null as sha
  from model.deployment
  where version is not null
)
select service, version, max(sha) as sha
from named
group by service, version
order by service, version
