/*
title: Commits from files
description: A commit. With a `ref` of kind main, containment is read from the commit graph. They keep the order in which they are stored, for there are many.
grain: one row per source and repository and sha
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "repository": "VARCHAR", "sha": "VARCHAR", "parents": ["VARCHAR"], "authored_at": "VARCHAR", "committed_at": "VARCHAR", "author": "VARCHAR",
        "committer": "VARCHAR", "co_authors": ["VARCHAR"], "subject": "VARCHAR", "reverts": ["VARCHAR"], "cherry_picked_from": ["VARCHAR"],
        "closes": ["VARCHAR"], "paths": ["VARCHAR"]
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'commit'
)
select
  source,
  said.repository as repository,
  said.sha as sha,
  said.parents as parents,
  staging.instant(said.authored_at) as authored_at,
  staging.instant(said.committed_at) as committed_at,
  said.author as author,
  said.committer as committer,
  said.co_authors as co_authors,
  said.subject as subject,
  said.reverts as reverts,
  said.cherry_picked_from as cherry_picked_from,
  said.closes as closes,
  said.paths as paths
from record
