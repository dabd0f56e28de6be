/*
title: Main lines, branches and tags of GitHub as delivered
description: >
  Where the last push left them. `was` is where they pointed before any push: one that was read there and then has moved on since. Of branches,
  those that the configuration means.
grain: one row per source, repository and reference
*/
with wanted as (
  select
    source,
    coalesce(try_cast(options -> '$.branches' as varchar[]), ['release/*', 'release-*', 'releases/*', 'hotfix/*']) as patterns
  from staging.source
),
line as (
  select
    source, repository_number,
    -- Of two within a second always the same.
    arg_max(default_branch, struct_pack(pushed_at := coalesce(pushed_at, to_timestamp(0)), delivery := delivery)) as default_branch
  from staging.github_delivered_push
  where default_branch is not null
  group by source, repository_number
),
ranked as (
  select
    p.source, p.repository_number, p.ref, p.after, p.head_sha, p.pushed_at,
    list(p.before) over (partition by p.source, p.repository_number, p.ref) as was,
    row_number() over (
      partition by p.source, p.repository_number, p.ref
      order by
        p.pushed_at desc nulls last,
        -- Of two within a second, the one from which nothing went on.
        exists (
          select 1
          from staging.github_delivered_push as n
          where n.source = p.source and n.repository_number = p.repository_number and n.ref = p.ref and n.pushed_at = p.pushed_at and n.before = p.after
        ),
        p.delivered_at desc nulls last,
        p.delivery desc
    ) as choice
  from staging.github_delivered_push as p
),
named as (
  select
    r.source, r.repository_number, r.after, r.head_sha, r.pushed_at, r.was,
    case
      when r.ref = 'refs/heads/' || l.default_branch then 'main'
      when starts_with(r.ref, 'refs/heads/') then 'branch'
      when starts_with(r.ref, 'refs/tags/') then 'tag'
    end as kind,
    regexp_replace(r.ref, '^refs/(heads|tags)/', '') as name
  from ranked as r
  join line as l on l.source = r.source and l.repository_number = r.repository_number
  where r.choice = 1
)
select
  n.source,
  n.repository_number,
  case when n.kind = 'main' then 'main' else n.kind || '/' || n.name end as id,
  n.pushed_at as updated_at,
  n.after is null as is_deleted,
  json_object(
    'kind', n.kind,
    'name', n.name,
    -- An annotated tag is an object of its own.
    'target', case
      when n.head_sha is null or n.head_sha = n.after then json_object('oid', n.after)
      else json_object('oid', n.after, 'target', json_object('oid', n.head_sha))
    end
  ) as payload,
  n.was
from named as n
join wanted as w on w.source = n.source
where
  n.kind in ('main', 'tag')
  or exists (select 1 from unnest(w.patterns) as p(pattern) where regexp_matches(n.name, '^' || replace(regexp_escape(p.pattern), '\*', '.*') || '$', 'i'))
order by n.source, n.repository_number, id
