/*
title: Records of GitHub
description: >
  What GitHub said, with the repository as it is called now. The key of a record is the id of its repository and its own. Of
  repositories that are no longer read, nothing is here. Addresses are made from the repository's, which changes with its name.
grain: one row per source, stream and record
*/
select
  r.source,
  r.stream,
  p.repository_id,
  p.repository,
  p.url as repository_url,
  split_part(r.key, ':', 2) as id,
  r.payload
from raw.current as r
join staging.github_repository as p on p.source = r.source and p.repository_id = split_part(r.key, ':', 1)
where r.stream <> 'repository'
order by r.source, r.stream, p.repository_id, id
