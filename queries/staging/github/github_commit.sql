/*
title: Commits of GitHub
description: In the words of the git collector, so that one query, staging.git_commit, reads the messages of both.
grain: one row per source, repository and commit
*/
with record as (
  select
    source,
    repository,
    id,
    payload,
    payload ->> '$.message' as message,
    split_part(payload ->> '$.message', chr(10), 1) as subject
  from staging.github_record
  where stream = 'commit'
)
select
  source,
  repository,
  id as sha,
  from_json(payload -> '$.parents.nodes[*].oid', '["VARCHAR"]') as parents,
  payload ->> '$.authoredDate' as authored_at,
  payload ->> '$.committedDate' as committed_at,
  payload ->> '$.author.name' as author_name,
  payload ->> '$.author.email' as author_email,
  payload ->> '$.author.user.login' as author_login,
  payload ->> '$.committer.email' as committer_email,
  subject,
  ltrim(substr(message, length(subject) + 1), chr(10)) as body
from record
order by source, repository, sha
