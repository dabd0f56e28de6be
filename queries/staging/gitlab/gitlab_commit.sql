/*
title: Commits of GitLab
description: In the words of the git collector, so that one query, staging.git_commit, reads the messages of both.
grain: one row per source, repository and commit
*/
with record as (
  select
    source,
    repository,
    id,
    payload,
    coalesce(payload ->> '$.message', payload ->> '$.title', '') as message
  from staging.gitlab_record
  where stream = 'commit'
)
select
  source,
  repository,
  id as sha,
  coalesce(from_json(payload -> '$.parent_ids', '["VARCHAR"]'), []) as parents,
  payload ->> '$.authored_date' as authored_at,
  payload ->> '$.committed_date' as committed_at,
  payload ->> '$.author_name' as author_name,
  payload ->> '$.author_email' as author_email,
  payload ->> '$.committer_email' as committer_email,
  split_part(message, chr(10), 1) as subject,
  ltrim(substr(message, length(split_part(message, chr(10), 1)) + 1), chr(10)) as body
from record
order by source, repository, sha
