/*
title: Commits
description: >
  Commits of the repositories read by the git, GitHub and GitLab collectors, with what their messages say: the pull request that
  they bring in, the commits that they revert, fix or are a cherry-pick of, and the tickets that they close.
  Abbreviated hashes stay as they are written.
grain: one row per source, repository and commit
*/
with record as (
  select
    record.source,
    json_transform(record.payload, '{
      "repository": "VARCHAR", "sha": "VARCHAR", "parents": ["VARCHAR"],
      "authored_at": "VARCHAR", "committed_at": "VARCHAR",
      "author_name": "VARCHAR", "author_email": "VARCHAR", "committer_email": "VARCHAR",
      "subject": "VARCHAR", "body": "VARCHAR", "trailers": ["VARCHAR"], "paths": ["VARCHAR"]
    }') as printed
  from raw.current as record
  join staging.source as source on source.source = record.source
  where source.collector = 'git'
    and record.stream = 'commit'
  union all
  select
    source,
    struct_pack(
      repository := repository, sha := sha, parents := parents,
      authored_at := authored_at, committed_at := committed_at,
      author_name := author_name, author_email := author_email, committer_email := committer_email,
      subject := subject, body := body, trailers := []::varchar[], paths := []::varchar[]
    ) as printed
  from staging.github_commit
  union all
  select
    source,
    struct_pack(
      repository := repository, sha := sha, parents := parents,
      authored_at := authored_at, committed_at := committed_at,
      author_name := author_name, author_email := author_email, committer_email := committer_email,
      subject := subject, body := body, trailers := []::varchar[], paths := []::varchar[]
    ) as printed
  from staging.gitlab_commit
),
message as (
  select
    source,
    printed,
    printed.subject as subject,
    printed.body as body,
    -- Trailers stand in the body too, but not in one that was shortened.
    printed.body || chr(10) || array_to_string(printed.trailers, chr(10)) as text,
    -- The title that a revert quotes says what the reverted commit did.
    regexp_replace(printed.subject, '^(Revert|Reapply) ".*"', '') as own_subject
  from record
),
mention as (
  select
    source,
    printed,
    -- The last number counts: "Revert "Add x (#12)" (#13)" is pull request 13. Then the merge commits of
    -- GitHub, Bitbucket, Azure DevOps and, in the body, GitLab.
    coalesce(
      nullif(regexp_extract(subject, '\((?:pull request )?#([0-9]+)\)\s*$', 1), ''),
      nullif(regexp_extract(subject, '^(?:Merge pull request #|Pull request #|Merged PR )([0-9]+)\b', 1), ''),
      nullif(regexp_extract(body, '(?m)^See merge request \S*!([0-9]+)\s*$', 1), '')
    ) as number,
    regexp_matches(subject, '^Merge (pull request|branch|branches|remote-tracking branch|tag|tags|commit|commits) ')
      or regexp_matches(subject, '^(Merged in .* \(pull request #|Merged PR )[0-9]+') as is_merge_subject,
    regexp_extract_all(text, '(?i)\bthis\s+reverts\s+commit\s+([0-9a-f]{7,64})\b', 1) as reverts,
    -- What the revert buttons of GitHub and GitLab write, and the title that a revert quotes.
    regexp_extract_all(body, '(?im)^(?:this )?reverts (?:pull request |merge request )?[\w./-]*[#!]([0-9]+)\b', 1)
      || regexp_extract_all(subject, '^Revert ".*\(#([0-9]+)\)\s*"', 1) as reverted_numbers,
    regexp_extract_all(text, '\(cherry picked from commit ([0-9a-f]{7,64})\)', 1) as cherry_picked_from,
    regexp_extract_all(text, '(?im)^fixes:\s+([0-9a-f]{7,64})\b', 1) as fixes,
    regexp_extract_all(text, '(?im)^co-authored-by:\s*(\S.*?)\s*$', 1) as co_authors,
    -- "Closes #4, #6 and PAY-12": the word once, then everything that it lists.
    regexp_extract_all(
      array_to_string(
        regexp_extract_all(
          own_subject || chr(10) || text,
          '\b(?i:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\b:?\s+((?:(?:,|&|and|\s)*(?:(?:[\w.-]+/[\w.-]+)?#[0-9]+|[A-Z][A-Z0-9_]+-[0-9]+)\b)+)',
          1
        ),
        ' '
      ),
      '(?:[\w.-]+/[\w.-]+)?#[0-9]+|[A-Z][A-Z0-9_]+-[0-9]+'
    ) as closes,
    regexp_extract_all(own_subject, '(?:^|[^\w-])([A-Z][A-Z0-9_]+-[0-9]+)\b', 1) as keys,
    -- What looks like a ticket and is a standard: "fixes UTF-8".
    '^(UTF|UCS|SHA|MD|AES|TLS|HTTP|ISO|RFC|CVE|CWE|PEP|CP|IPV)-[0-9]' as standard
  from message
)
select
  source,
  printed.repository as repository,
  printed.sha as sha,
  printed.parents as parents,
  staging.instant(printed.authored_at) as authored_at,
  staging.instant(printed.committed_at) as committed_at,
  printed.author_name as author_name,
  lower(printed.author_email) as author_email,
  lower(printed.committer_email) as committer_email,
  -- By address, as the author is; as written where there is none.
  list_sort(
    list_distinct(
      list_transform(
        co_authors,
        lambda text: coalesce(nullif(lower(regexp_extract(text, '<([^<>\s]+@[^<>\s]+)>', 1)), ''), text)
      )
    )
  ) as co_authors,
  printed.subject as subject,
  list_sort(list_distinct(list_transform(reverts, lambda sha: lower(sha)))) as reverts,
  list_sort(list_distinct(reverted_numbers)) as reverted_numbers,
  list_sort(list_distinct(cherry_picked_from)) as cherry_picked_from,
  list_sort(list_distinct(list_transform(fixes, lambda sha: lower(sha)))) as fixes,
  list_sort(list_distinct(list_filter(closes, lambda key: not regexp_matches(key, standard)))) as closes,
  list_sort(list_distinct(list_filter(closes || keys, lambda key: not regexp_matches(key, standard)))) as tickets,
  number,
  is_merge_subject,
  printed.paths as paths
from mention
order by source, repository, sha
