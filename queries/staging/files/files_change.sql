/*
title: Changes from files
description: A merged pull or merge request, or a commit that reached the main line without one. They keep the order in which they are stored, for there are many.
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
  staging.instant(said.first_commit_at) as first_commit_at,
  staging.instant(said.opened_at) as opened_at,
  staging.instant(said.first_review_at) as first_review_at,
  staging.instant(said.approved_at) as approved_at,
  staging.instant(said.merged_at) as merged_at,
  said.merged_by as merged_by,
  said.merge_sha as merge_sha,
  said.merge_method as merge_method,
  said.target_branch as target_branch,
  said.source_branch as source_branch,
  said.commits as commits,
  staging.whole(said.commit_count) as commit_count,
  staging.whole(said.additions) as additions,
  staging.whole(said.deletions) as deletions,
  staging.whole(said.files_changed) as files_changed,
  said.paths as paths,
  said.labels as labels,
  said.reverts as reverts,
  said.fixes as fixes,
  said.tickets as tickets,
  said.url as url
from record
