/*
title: Changes from files
description: A merged pull or merge request, or a commit that reached the main line without one.
grain: one row per source and repository and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "repository": "VARCHAR", "services": ["VARCHAR"], "number": "VARCHAR", "title": "VARCHAR", "author": "VARCHAR",
        "first_commit_at": "VARCHAR", "opened_at": "VARCHAR", "first_review_at": "VARCHAR", "approved_at": "VARCHAR", "merged_at": "VARCHAR",
        "merged_by": "VARCHAR", "merge_sha": "VARCHAR", "merge_method": "VARCHAR", "target_branch": "VARCHAR", "source_branch": "VARCHAR",
        "commits": ["VARCHAR"], "commit_count": "VARCHAR", "additions": "VARCHAR", "deletions": "VARCHAR", "files_changed": "VARCHAR",
        "paths": ["VARCHAR"], "labels": ["VARCHAR"], "reverts": ["VARCHAR"], "fixes": ["VARCHAR"], "tickets": ["VARCHAR"], "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'change'
)
select
  source,
  said.id as id,
  said.repository as repository,
  said.services as services,
  said.number as number,
  said.title as title,
  said.author as author,
  try_cast(said.first_commit_at as timestamptz) as first_commit_at,
  try_cast(said.opened_at as timestamptz) as opened_at,
  try_cast(said.first_review_at as timestamptz) as first_review_at,
  try_cast(said.approved_at as timestamptz) as approved_at,
  try_cast(said.merged_at as timestamptz) as merged_at,
  said.merged_by as merged_by,
  said.merge_sha as merge_sha,
  said.merge_method as merge_method,
  said.target_branch as target_branch,
  said.source_branch as source_branch,
  said.commits as commits,
  try_cast(said.commit_count as bigint) as commit_count,
  try_cast(said.additions as bigint) as additions,
  try_cast(said.deletions as bigint) as deletions,
  try_cast(said.files_changed as bigint) as files_changed,
  said.paths as paths,
  said.labels as labels,
  said.reverts as reverts,
  said.fixes as fixes,
  said.tickets as tickets,
  said.url as url
from record
order by source, repository, id
