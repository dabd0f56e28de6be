/*
title: Pull requests of GitHub as delivered
description: >
  In the words of GraphQL. Their commits come with pushes to their branch: listed where all of them are known, followed back from the
  last. Issues that they close are read from their text, as GitHub does.
grain: one row per source, repository and pull request
*/
with recursive own_commit as (
  select
    p.source,
    p.repository_number,
    p.ref,
    commits[position] as commit,
    case when position > 1 then commits[position - 1] ->> '$.id' when not p.is_forced then p.before end as parent
  from (
    select source, repository_number, ref, before, is_forced, commits, generate_subscripts(commits, 1) as position
    from staging.github_delivered_push
  ) as p
),
walk as (
  select source, repository_number, number, head_ref, commit_count, head_sha as sha, cast(1 as bigint) as depth
  from staging.github_delivered_pull_request_state
  where commit_count > 0
  union
  select w.source, w.repository_number, w.number, w.head_ref, w.commit_count, c.parent, w.depth + 1
  from walk as w
  join own_commit as c
    on c.source = w.source and c.repository_number = w.repository_number and c.ref = w.head_ref and (c.commit ->> '$.id') = w.sha
  where w.depth < w.commit_count and c.parent is not null
),
found as (
  select w.source, w.repository_number, w.number, w.sha, min(w.depth) as depth, any_value(c.commit order by c.commit::varchar) as commit
  from walk as w
  join own_commit as c
    on c.source = w.source and c.repository_number = w.repository_number and c.ref = w.head_ref and (c.commit ->> '$.id') = w.sha
  group by w.source, w.repository_number, w.number, w.sha
),
commits as (
  select
    source,
    repository_number,
    number,
    count(*) as found_count,
    list(
      {
        'commit': {
          'oid': sha, 'authoredDate': commit ->> '$.timestamp', 'committedDate': commit ->> '$.timestamp',
          'messageHeadline': split_part(commit ->> '$.message', chr(10), 1)
        }
      }
      order by depth desc, sha
    ) as nodes
  from found
  group by source, repository_number, number
),
closing as (
  select source, repository_number, number, list_sort(list_distinct(list(staging.whole(issue)))) as issues
  from (
    select
      source,
      repository_number,
      number,
      unnest(regexp_extract_all(pull ->> '$.body', '(?i)\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#([0-9]{1,9})\b', 1)) as issue
    from staging.github_delivered_pull_request_state
    where (pull ->> '$.base.ref') = (pull ->> '$.base.repo.default_branch')
  )
  group by source, repository_number, number
)
select
  p.source,
  p.repository_number,
  cast(p.number as varchar) as id,
  p.updated_at,
  false as is_deleted,
  json_merge_patch(
    json_object(
      'id', p.pull ->> '$.node_id',
      'number', p.number,
      'title', p.pull ->> '$.title',
      'body', coalesce(p.pull ->> '$.body', ''),
      'url', p.pull ->> '$.html_url',
      'state', case when p.merged_at is not null then 'MERGED' else upper(p.pull ->> '$.state') end,
      'isDraft', try_cast(p.pull ->> '$.draft' as boolean),
      'createdAt', p.pull ->> '$.created_at',
      'updatedAt', p.pull ->> '$.updated_at',
      'closedAt', p.pull ->> '$.closed_at',
      'mergedAt', p.pull ->> '$.merged_at',
      'author', json_object('__typename', p.pull ->> '$.user.type', 'login', p.pull ->> '$.user.login'),
      'baseRefName', p.pull ->> '$.base.ref',
      'headRefName', p.pull ->> '$.head.ref',
      'headRefOid', p.head_sha,
      'labels', json_object('nodes', to_json(list_transform(coalesce(from_json(p.pull -> '$.labels[*].name', '["VARCHAR"]'), []), lambda label: {'name': label})))
    ),
    -- What is not known is left out, so that it takes away nothing that was read.
    json_object(
      'mergedBy', case
        when (p.pull ->> '$.merged_by.login') is not null
          then json_object('__typename', p.pull ->> '$.merged_by.type', 'login', p.pull ->> '$.merged_by.login')
      end,
      'mergeCommit', case when p.merge_sha is not null then json_object('oid', p.merge_sha, 'messageHeadline', split_part(m.payload ->> '$.message', chr(10), 1)) end,
      'additions', staging.whole(p.pull ->> '$.additions'),
      'deletions', staging.whole(p.pull ->> '$.deletions'),
      'changedFiles', staging.whole(p.pull ->> '$.changed_files'),
      'closingIssuesReferences', case
        when len(i.issues) > 0
          then json_object(
            'nodes', to_json(list_transform(i.issues, lambda issue: {'number': issue, 'repository': {'id': r.repository_id}}))
          )
      end,
      'commits', json_object(
        'totalCount', staging.whole(p.pull ->> '$.commits'),
        'nodes', case when c.found_count = p.commit_count then to_json(c.nodes) end
      )
    )
  ) as payload
from staging.github_delivered_pull_request_state as p
left join commits as c on c.source = p.source and c.repository_number = p.repository_number and c.number = p.number
left join closing as i on i.source = p.source and i.repository_number = p.repository_number and i.number = p.number
left join staging.github_repository as r on r.source = p.source and r.number = p.repository_number
left join staging.github_delivered_commit as m on m.source = p.source and m.repository_number = p.repository_number and m.id = p.merge_sha
order by p.source, p.repository_number, id
