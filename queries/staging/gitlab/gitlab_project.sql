/*
title: Projects of GitLab
description: As they are called now. Records name their project by its number, which stays when it is renamed or transferred.
grain: one row per source and project
*/
select
  r.source,
  r.key as project,
  r.payload ->> '$.path_with_namespace' as repository,
  coalesce(try_cast(r.payload ->> '$.archived' as boolean), false) as is_archived,
  r.payload ->> '$.merge_method' as merge_method,
  staging.instant(r.payload ->> '$.created_at') as created_at,
  r.payload ->> '$.web_url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'gitlab' and r.stream = 'project'
order by r.source, r.key
