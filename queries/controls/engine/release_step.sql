/*
title: Part of the version that releases raise
grain: one row per release that another of its service went live before
rule: "major where the first number differs from that of the release that went live last before, minor where the second does, else patch"
version: 1
*/
with compared as (
  select
    release_id,
    service,
    version,
    case
      when regexp_extract(version, '(\d+)', 1) <> regexp_extract(previous_version, '(\d+)', 1) then 3
      when regexp_extract(version, '\d+\.(\d+)', 1) <> regexp_extract(previous_version, '\d+\.(\d+)', 1) then 2
      else 1
    end as step
  from controls.production_release
  where previous_version is not null
)
select
  release_id,
  service,
  version,
  step,
  case step when 3 then 'major' when 2 then 'minor' else 'patch' end as name
from compared
order by release_id
