/*
title: Branches and tags from files
description: A branch or tag of a repository, as it points now.
grain: one row per source and repository and name
*/
select
  r.source,
  r.payload ->> 'repository' as repository,
  r.payload ->> 'name' as name,
  r.payload ->> 'kind' as kind,
  r.payload ->> 'sha' as sha,
  try_cast(r.payload ->> 'tagged_at' as timestamptz) as tagged_at
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'ref'
order by r.source, repository, name
