/*
title: Commits from files
description: A commit. With a `ref` of kind main, containment is read from the commit graph.
grain: one row per source and repository and sha
*/
select
  r.source,
  r.payload ->> 'repository' as repository,
  r.payload ->> 'sha' as sha,
  try_cast(r.payload -> 'parents' as varchar[]) as parents,
  try_cast(r.payload ->> 'authored_at' as timestamptz) as authored_at,
  try_cast(r.payload ->> 'committed_at' as timestamptz) as committed_at,
  r.payload ->> 'author' as author,
  r.payload ->> 'committer' as committer,
  try_cast(r.payload -> 'co_authors' as varchar[]) as co_authors,
  r.payload ->> 'subject' as subject,
  try_cast(r.payload -> 'reverts' as varchar[]) as reverts,
  try_cast(r.payload -> 'cherry_picked_from' as varchar[]) as cherry_picked_from,
  try_cast(r.payload -> 'closes' as varchar[]) as closes,
  try_cast(r.payload -> 'paths' as varchar[]) as paths
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'commit'
order by r.source, repository, sha
