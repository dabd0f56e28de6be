/*
title: Pull requests of GitHub
description: >
  Bots are known by GitHub's own word, and written with [bot] as elsewhere. GitHub does not say how a pull request was merged: where
  the commit on the main line is called as the last of several in the pull request, it was rebased.
grain: one row per source, repository and pull request
*/
with pull_request as (
  select
    source,
    repository,
    repository_url,
    payload,
    payload ->> '$.title' as title,
    coalesce(payload ->> '$.body', '') as body,
    from_json(payload -> '$.commits.nodes[*].commit', '[{"oid":"VARCHAR","authoredDate":"TIMESTAMPTZ","messageHeadline":"VARCHAR"}]') as commits,
    from_json(payload -> '$.closingIssuesReferences.nodes', '[{"number":"BIGINT","repository":{"id":"VARCHAR"}}]') as closing
  from staging.github_record
  where stream = 'pull_request'
),
reference as (
  select source, repository, payload ->> '$.number' as number, unnest(closing) as issue
  from pull_request
),
closed_issue as (
  select p.source, p.repository, p.number, array_agg(r.repository || '#' || p.issue.number order by r.repository, p.issue.number) as issues
  from reference as p
  join staging.github_repository as r on r.source = p.source and r.repository_id = p.issue.repository.id
  -- What was read before the issue was deleted still names it.
  left join staging.github_delivered_issue as d
    on d.source = p.source and d.repository_number = r.number and d.id = cast(p.issue.number as varchar) and d.is_deleted
  where d.id is null
  group by p.source, p.repository, p.number
),
worded as (
  select
    source,
    repository,
    repository_url,
    payload,
    title,
    body,
    commits,
    -- "Closes #4, #6, PAY-12 and INC0010071": the word once, then everything that it lists.
    array_to_string(
      regexp_extract_all(
        regexp_replace(title, '^(Revert|Reapply) ".*"', '') || chr(10) || body,
        '\b(?i:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\b:?\s+((?:(?:,|&|and|\s)*(?:(?:[\w.-]+/[\w.-]+)?#[0-9]+|[A-Z][A-Z0-9_]+-[0-9]+|[A-Z]{2,}[0-9]{6,})\b)+)',
        1
      ),
      ' '
    ) as closing_words
  from pull_request
),
mention as (
  select
    source,
    repository,
    repository_url,
    payload,
    title,
    commits,
    list_filter(
      regexp_extract_all(closing_words, '[A-Z][A-Z0-9_]+-[0-9]+'),
      lambda key: not regexp_matches(key, '^(UTF|UCS|SHA|MD|AES|TLS|HTTP|ISO|RFC|CVE|CWE|PEP|CP|IPV)-[0-9]')
    ) as closes,
    -- As ServiceNow numbers its incidents: these are no tickets.
    regexp_extract_all(closing_words, '\b[A-Z]{2,}[0-9]{6,}\b') as numbers,
    list_filter(
      regexp_extract_all(regexp_replace(title, '^(Revert|Reapply) ".*"', ''), '(?:^|[^\w-])([A-Z][A-Z0-9_]+-[0-9]+)\b', 1),
      lambda key: not regexp_matches(key, '^(UTF|UCS|SHA|MD|AES|TLS|HTTP|ISO|RFC|CVE|CWE|PEP|CP|IPV)-[0-9]')
    ) as keys,
    -- What the revert button writes.
    regexp_extract_all(body, '(?im)^(?:this )?reverts (?:pull request )?[\w./-]*#([0-9]+)\b', 1) as reverts
  from worded
)
select
  m.source,
  m.payload ->> '$.number' as id,
  m.repository,
  cast(null as varchar[]) as services,
  m.payload ->> '$.number' as number,
  m.title,
  coalesce(m.payload ->> '$.author.login', 'ghost')
    || case when (m.payload ->> '$.author.__typename') = 'Bot' and not ends_with(m.payload ->> '$.author.login', '[bot]') then '[bot]' else '' end as author,
  list_min(list_transform(m.commits, lambda item: item.authoredDate)) as first_commit_at,
  staging.instant(m.payload ->> '$.createdAt') as opened_at,
  cast(null as timestamptz) as first_review_at,
  cast(null as timestamptz) as approved_at,
  staging.instant(m.payload ->> '$.mergedAt') as merged_at,
  (m.payload ->> '$.mergedBy.login')
    || case when (m.payload ->> '$.mergedBy.__typename') = 'Bot' and not ends_with(m.payload ->> '$.mergedBy.login', '[bot]') then '[bot]' else '' end as merged_by,
  m.payload ->> '$.mergeCommit.oid' as merge_sha,
  case when len(m.commits) > 1 and (m.payload ->> '$.mergeCommit.messageHeadline') = m.commits[-1].messageHeadline then 'rebase' end as merge_method,
  m.payload ->> '$.baseRefName' as target_branch,
  m.payload ->> '$.headRefName' as source_branch,
  list_transform(m.commits, lambda item: item.oid) as commits,
  staging.whole(m.payload ->> '$.commits.totalCount') as commit_count,
  staging.whole(m.payload ->> '$.additions') as additions,
  staging.whole(m.payload ->> '$.deletions') as deletions,
  staging.whole(m.payload ->> '$.changedFiles') as files_changed,
  from_json(m.payload -> '$.files.nodes[*].path', '["VARCHAR"]') as paths,
  from_json(m.payload -> '$.labels.nodes[*].name', '["VARCHAR"]') as labels,
  list_sort(list_distinct(m.reverts)) as reverts,
  list_sort(list_distinct(m.closes || m.numbers || coalesce(i.issues, []))) as fixes,
  list_sort(list_distinct(m.closes || m.keys || coalesce(i.issues, []))) as tickets,
  m.repository_url || '/pull/' || (m.payload ->> '$.number') as url
from mention as m
left join closed_issue as i on i.source = m.source and i.repository = m.repository and i.number = (m.payload ->> '$.number')
order by m.source, m.repository, id
