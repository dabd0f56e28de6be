/*
title: Repositories of GitHub
description: As they are called now. Records name their repository by its id, which stays when it is renamed or transferred.
grain: one row per source and repository
*/
select
  r.source,
  r.key as repository_id,
  r.payload ->> '$.nameWithOwner' as repository,
  cast(r.payload ->> '$.isArchived' as boolean) as is_archived,
  cast(r.payload ->> '$.isFork' as boolean) as is_fork,
  cast(r.payload ->> '$.isPrivate' as boolean) as is_private,
  cast(r.payload ->> '$.createdAt' as timestamptz) as created_at,
  r.payload ->> '$.url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'github' and r.stream = 'repository'
order by r.source, repository_id
