/*
title: Records of GitLab
description: >
  With the project as it is called now. The key of a record is the number of its project and its own. Of projects that are no longer read,
  nothing is here.
grain: one row per source, stream and record
*/
select
  r.source,
  r.stream,
  p.project,
  p.repository,
  p.url as project_url,
  substr(r.key, length(p.project) + 2) as id,
  r.payload
from raw.current as r
join staging.gitlab_project as p on p.source = r.source and p.project = split_part(r.key, ':', 1)
where r.stream <> 'project'
order by r.source, r.stream, p.project, id
