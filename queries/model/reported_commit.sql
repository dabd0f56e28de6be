/*
title: Commits as reported
grain: one row per repository and commit
description: A pull request's number is read from the subject that hosts write when they merge or squash.
*/
with reported as (
  select
    repository, sha, parents, authored_at, committed_at, author_email as author, co_authors, subject, reverts,
    cherry_picked_from, closes, paths, source, 1 as precedence
  from staging.git_commit
  union all
  select
    repository, sha, parents, authored_at, committed_at, author, co_authors, subject, reverts,
    cherry_picked_from, closes, paths, source, 2 as precedence
  from staging.files_commit
),
ranked as (
  select
    repository,
    sha,
    coalesce(parents, []) as parents,
    coalesce(authored_at, committed_at) as authored_at,
    coalesce(committed_at, authored_at) as committed_at,
    author,
    coalesce(co_authors, []) as co_authors,
    coalesce(subject, '') as subject,
    coalesce(reverts, []) as reverts,
    coalesce(cherry_picked_from, []) as cherry_picked_from,
    coalesce(closes, []) as closes,
    coalesce(paths, []) as paths,
    source,
    row_number() over (partition by repository, sha order by precedence, source) as choice
  from reported
)
select
  repository,
  sha,
  parents,
  authored_at,
  committed_at,
  author,
  co_authors,
  subject,
  reverts,
  cherry_picked_from,
  closes,
  paths,
  source,
  len(parents) > 1 as is_merge,
  nullif(
    case
      when len(parents) > 1 then
        coalesce(
          nullif(regexp_extract(subject, '^Merge pull request #(\d+)', 1), ''),
          nullif(regexp_extract(subject, '^Merged in .* \(pull request #(\d+)\)', 1), ''),
          nullif(regexp_extract(subject, 'See merge request [^ ]*!(\d+)', 1), ''),
          regexp_extract(subject, '\(#(\d+)\)\s*$', 1)
        )
      else regexp_extract(subject, '\((?:#|!)(\d+)\)\s*$', 1)
    end,
    ''
  ) as number
from ranked
where choice = 1
order by repository, sha
