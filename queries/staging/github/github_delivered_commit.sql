/*
title: Commits of GitHub as delivered
description: >
  In the words of GraphQL. A push lists its commits in order and not their parents: each is taken to follow the one before it. What a
  delivered pull request was merged with follows the main line and the pull request's last commit. GitHub gives one time for a commit.
grain: one row per source, repository and commit
*/
with listed as (
  select
    source,
    repository_number,
    ref = 'refs/heads/' || default_branch as is_main,
    before,
    after,
    is_forced,
    pushed_at,
    delivery,
    commits,
    generate_subscripts(commits, 1) as position,
    unnest(commits) as commit
  from staging.github_delivered_push
  union all
  -- A tag on a commit, or a branch from one, brings no list.
  select source, repository_number, false, null, after, true, pushed_at, delivery, [head_commit], 1, head_commit
  from staging.github_delivered_push
  where len(commits) = 0 and head_sha is not null
),
merged as (
  select distinct source, repository_number, merge_sha, head_sha
  from staging.github_delivered_pull_request_state
  where merge_sha is not null and head_sha <> merge_sha
),
candidate as (
  select
    l.source,
    l.repository_number,
    l.commit ->> '$.id' as sha,
    l.commit,
    l.pushed_at,
    l.delivery,
    l.is_main,
    case
      when m.head_sha is not null then [l.before, m.head_sha]
      when l.position > 1 then [l.commits[l.position - 1] ->> '$.id']
      -- What a rewritten or new branch begins with, it does not say.
      when l.before is not null and not l.is_forced then [l.before]
    end as parents,
    m.head_sha is not null as is_merge
  from listed as l
  left join merged as m
    on
      m.source = l.source and m.repository_number = l.repository_number and m.merge_sha = (l.commit ->> '$.id') and m.merge_sha = l.after
      and l.before is not null
      and list_contains(list_transform(l.commits, lambda item: item ->> '$.id'), m.head_sha)
  where regexp_matches(l.commit ->> '$.id', '^[0-9a-f]{40,64}$') and staging.instant(l.commit ->> '$.timestamp') is not null
),
ranked as (
  select
    source, repository_number, sha, commit, parents,
    row_number() over (
      partition by source, repository_number, sha
      order by not is_merge, parents is null, is_main, pushed_at, delivery
    ) as choice
  from candidate
)
select
  source,
  repository_number,
  sha as id,
  cast(null as timestamptz) as updated_at,
  false as is_deleted,
  json_object(
    'oid', sha,
    'parents', json_object('nodes', to_json(list_transform(coalesce(parents, []), lambda parent: {'oid': parent}))),
    'authoredDate', commit ->> '$.timestamp',
    'committedDate', commit ->> '$.timestamp',
    'author', json_object('name', commit ->> '$.author.name', 'email', commit ->> '$.author.email'),
    'committer', json_object('name', commit ->> '$.committer.name', 'email', commit ->> '$.committer.email'),
    'message', commit ->> '$.message'
  ) as payload
from ranked
where choice = 1
order by source, repository_number, id
