/*
title: Changes from files
description: A merged pull or merge request, or a commit that reached the main line without one.
grain: one row per source and repository and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'repository' as repository,
  try_cast(r.payload -> 'services' as varchar[]) as services,
  r.payload ->> 'number' as number,
  r.payload ->> 'title' as title,
  r.payload ->> 'author' as author,
  try_cast(r.payload ->> 'first_commit_at' as timestamptz) as first_commit_at,
  try_cast(r.payload ->> 'opened_at' as timestamptz) as opened_at,
  try_cast(r.payload ->> 'first_review_at' as timestamptz) as first_review_at,
  try_cast(r.payload ->> 'approved_at' as timestamptz) as approved_at,
  try_cast(r.payload ->> 'merged_at' as timestamptz) as merged_at,
  r.payload ->> 'merged_by' as merged_by,
  r.payload ->> 'merge_sha' as merge_sha,
  r.payload ->> 'merge_method' as merge_method,
  r.payload ->> 'target_branch' as target_branch,
  r.payload ->> 'source_branch' as source_branch,
  try_cast(r.payload -> 'commits' as varchar[]) as commits,
  try_cast(r.payload ->> 'commit_count' as bigint) as commit_count,
  try_cast(r.payload ->> 'additions' as bigint) as additions,
  try_cast(r.payload ->> 'deletions' as bigint) as deletions,
  try_cast(r.payload ->> 'files_changed' as bigint) as files_changed,
  try_cast(r.payload -> 'paths' as varchar[]) as paths,
  try_cast(r.payload -> 'labels' as varchar[]) as labels,
  try_cast(r.payload -> 'reverts' as varchar[]) as reverts,
  try_cast(r.payload -> 'fixes' as varchar[]) as fixes,
  try_cast(r.payload -> 'tickets' as varchar[]) as tickets,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'change'
order by r.source, repository, id
