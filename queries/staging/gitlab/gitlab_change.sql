/*
title: Merge requests of GitLab
description: >
  What is on the main line is the merge commit, else the squashed one, else the last of the merge request, where it was fast-forwarded. Who
  merged is called `merge_user` by newer and `merged_by` by older GitLabs. A merge request that was read before it was
  merged has no commits.
grain: one row per source, repository and merge request
*/
with merge_request as (
  select
    source,
    repository,
    project,
    project_url,
    id,
    payload,
    payload ->> '$.title' as title,
    coalesce(payload ->> '$.description', '') as body,
    from_json(payload -> '$.commits', '[{"id":"VARCHAR","authored_date":"VARCHAR","created_at":"VARCHAR"}]') as commits
  from staging.gitlab_record
  where stream = 'merge_request'
),
reference as (
  select
    source,
    repository,
    id,
    unnest(from_json(payload -> '$.closes_issues', '[{"id":"VARCHAR","iid":"VARCHAR","project_id":"VARCHAR"}]')) as issue
  from merge_request
),
closed_issue as (
  select
    r.source, r.repository, r.id,
    -- An issue of another tracker has a key of its own there.
    array_agg(coalesce(p.repository || '#' || r.issue.iid, r.issue.id)) as issues
  from reference as r
  left join staging.gitlab_project as p on p.source = r.source and p.project = r.issue.project_id
  where p.repository is not null or r.issue.project_id is null
  group by r.source, r.repository, r.id
),
worded as (
  select
    source,
    repository,
    id,
    title,
    body,
    regexp_replace(title, '^(Revert|Reapply) ".*"', '') as own_title,
    -- "Closes #4, #6, PAY-12 and INC0010071": the word once, then everything that it lists.
    array_to_string(
      regexp_extract_all(
        regexp_replace(title, '^(Revert|Reapply) ".*"', '') || chr(10) || body,
        '\b(?i:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|implement(?:s|ed|ing)?)\b:?\s+((?:(?:,|&|and|\s)*(?:(?:[\w.-]+/)*[\w.-]*#[0-9]+|[A-Z][A-Z0-9_]+-[0-9]+|[A-Z]{2,}[0-9]{6,})\b)+)',
        1
      ),
      ' '
    ) as closing_words
  from merge_request
),
mention as (
  select
    source,
    repository,
    id,
    list_filter(
      regexp_extract_all(closing_words, '[A-Z][A-Z0-9_]+-[0-9]+'),
      lambda key: not regexp_matches(key, '^(UTF|UCS|SHA|MD|AES|TLS|HTTP|ISO|RFC|CVE|CWE|PEP|CP|IPV)-[0-9]')
    ) as closes,
    -- As ServiceNow numbers its incidents: these are no tickets.
    regexp_extract_all(closing_words, '\b[A-Z]{2,}[0-9]{6,}\b') as numbers,
    list_filter(
      regexp_extract_all(own_title, '(?:^|[^\w-])([A-Z][A-Z0-9_]+-[0-9]+)\b', 1),
      lambda key: not regexp_matches(key, '^(UTF|UCS|SHA|MD|AES|TLS|HTTP|ISO|RFC|CVE|CWE|PEP|CP|IPV)-[0-9]')
    ) as keys,
    -- What the revert button writes.
    regexp_extract_all(body, '(?im)^(?:this )?reverts merge request [\w./-]*!([0-9]+)\b', 1)
      || regexp_extract_all(body, '(?i)\bthis\s+reverts\s+commit\s+([0-9a-f]{7,64})\b', 1) as reverts
  from worded
)
select
  m.source,
  m.id,
  m.repository,
  cast(null as varchar[]) as services,
  m.id as number,
  m.title,
  coalesce(m.payload ->> '$.author.username', 'ghost') as author,
  list_min(list_transform(m.commits, lambda one: staging.instant(coalesce(one.authored_date, one.created_at)))) as first_commit_at,
  staging.instant(m.payload ->> '$.created_at') as opened_at,
  cast(null as timestamptz) as first_review_at,
  cast(null as timestamptz) as approved_at,
  case when (m.payload ->> '$.state') = 'merged' then staging.instant(m.payload ->> '$.merged_at') end as merged_at,
  coalesce(m.payload ->> '$.merge_user.username', m.payload ->> '$.merged_by.username') as merged_by,
  coalesce(m.payload ->> '$.merge_commit_sha', m.payload ->> '$.squash_commit_sha', m.payload ->> '$.sha') as merge_sha,
  cast(null as varchar) as merge_method,
  m.payload ->> '$.target_branch' as target_branch,
  m.payload ->> '$.source_branch' as source_branch,
  list_transform(m.commits, lambda one: one.id) || list_filter([m.payload ->> '$.squash_commit_sha'], lambda sha: sha is not null) as commits,
  cast(len(m.commits) as bigint) as commit_count,
  cast(null as bigint) as additions,
  cast(null as bigint) as deletions,
  staging.whole(case when json_type(m.payload -> '$.diffs') = 'ARRAY' then json_array_length(m.payload -> '$.diffs') end) as files_changed,
  list_sort(list_distinct(
    coalesce(from_json(m.payload -> '$.diffs[*].new_path', '["VARCHAR"]'), [])
    || coalesce(from_json(m.payload -> '$.diffs[*].old_path', '["VARCHAR"]'), [])
  )) as paths,
  coalesce(try_cast(m.payload -> '$.labels' as varchar[]), []) as labels,
  list_sort(list_distinct(w.reverts)) as reverts,
  list_sort(list_distinct(w.closes || w.numbers || coalesce(i.issues, []))) as fixes,
  list_sort(list_distinct(w.closes || w.keys || coalesce(i.issues, []))) as tickets,
  m.project_url || '/-/merge_requests/' || m.id as url
from merge_request as m
join mention as w on w.source = m.source and w.repository = m.repository and w.id = m.id
left join closed_issue as i on i.source = m.source and i.repository = m.repository and i.id = m.id
order by m.source, m.repository, id
