/*
title: Commits as reported
grain: one row per repository and commit
description: >
  A pull request's number is what hosts write into the message when they merge or squash; where a source gives no messages but
  subjects, it is read from these. Of several sources that report a commit git wins.
view: true
*/
with reported as (
  select
    repository, sha, parents, authored_at, committed_at, author_email as author, co_authors, subject, number, reverts,
    reverted_numbers, cherry_picked_from, closes || fixes as fixes, tickets, paths, source
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
    cherry_picked_from, closes as fixes, []::varchar[] as tickets, paths, source
  from staging.files_commit
)
select
  r.repository,
  r.sha,
  coalesce(r.parents, []) as parents,
  coalesce(r.authored_at, r.committed_at) as authored_at,
  coalesce(r.committed_at, r.authored_at) as committed_at,
  r.author,
  coalesce(r.co_authors, []) as co_authors,
  coalesce(r.subject, '') as subject,
  r.number,
  coalesce(len(r.parents) > 1, false) as is_merge,
  coalesce(r.reverts, []) as reverts,
  coalesce(r.reverted_numbers, []) as reverted_numbers,
  coalesce(r.cherry_picked_from, []) as cherry_picked_from,
  coalesce(r.fixes, []) as fixes,
  coalesce(r.tickets, []) as tickets,
  coalesce(r.paths, []) as paths,
  r.source
from reported as r
left join model.outdone_commit as o on o.source = r.source and o.repository = r.repository and o.sha = r.sha
where o.sha is null
