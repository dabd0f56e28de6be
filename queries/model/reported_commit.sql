/*
title: Commits as reported
grain: one row per repository and commit
description: >
  A pull request's number is what hosts write into the message when they merge or squash; where a source gives no messages but
  subjects, it is read from these.
*/
with reported as (
  select
    repository, sha, parents, authored_at, committed_at, author_email as author, co_authors, subject, number, reverts,
    reverted_numbers, cherry_picked_from, closes || fixes as fixes, tickets, paths, source, 1 as precedence
  from staging.git_commit
  union all
  select
    repository, sha, parents, authored_at, committed_at, author, co_authors, subject,
    coalesce(
      nullif(regexp_extract(subject, '\((?:pull request )?(?:#|!)(\d+)\)\s*$', 1), ''),
      nullif(regexp_extract(subject, '^(?:Merge pull request #|Pull request #|Merged PR )(\d+)', 1), '')
    ) as number,
    reverts,
    regexp_extract_all(subject, '^Revert ".*\(#(\d+)\)\s*"', 1) as reverted_numbers,
    cherry_picked_from, closes as fixes, []::varchar[] as tickets, paths, source, 2 as precedence
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
    number,
    coalesce(reverts, []) as reverts,
    coalesce(reverted_numbers, []) as reverted_numbers,
    coalesce(cherry_picked_from, []) as cherry_picked_from,
    coalesce(fixes, []) as fixes,
    coalesce(tickets, []) as tickets,
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
  number,
  len(parents) > 1 as is_merge,
  reverts,
  reverted_numbers,
  cherry_picked_from,
  fixes,
  tickets,
  paths,
  source
from ranked
where choice = 1
order by repository, sha
