/*
title: Pushes to GitHub as delivered
grain: one row per push to a branch or tag
*/
with push as (
  select
    source,
    repository_number,
    delivery,
    delivered_at,
    payload ->> '$.ref' as ref,
    payload ->> '$.before' as before,
    payload ->> '$.after' as after,
    coalesce(try_cast(payload ->> '$.forced' as boolean), false) as is_forced,
    coalesce(
      staging.instant(payload ->> '$.repository.pushed_at'),
      staging.instant(try(to_timestamp(staging.whole(payload ->> '$.repository.pushed_at'))))
    ) as pushed_at,
    payload ->> '$.head_commit.id' as head_sha,
    payload -> '$.head_commit' as head_commit,
    payload ->> '$.repository.default_branch' as default_branch,
    from_json(payload -> '$.commits', '["JSON"]') as commits
  from staging.github_delivery
  where event = 'push' and repository_number is not null
),
ranked as (
  select
    source, repository_number, ref, before, after, is_forced, pushed_at, delivered_at, head_sha, head_commit, default_branch, commits, delivery,
    row_number() over (partition by source, repository_number, ref, before, after, pushed_at order by delivery) as choice
  from push
  where regexp_matches(before, '^[0-9a-f]{40,64}$') and regexp_matches(after, '^[0-9a-f]{40,64}$') and starts_with(ref, 'refs/')
)
select
  source,
  repository_number,
  ref,
  nullif(regexp_replace(before, '^0+$', ''), '') as before,
  nullif(regexp_replace(after, '^0+$', ''), '') as after,
  is_forced,
  pushed_at,
  delivered_at,
  head_sha,
  head_commit,
  default_branch,
  coalesce(commits, []) as commits,
  delivery
from ranked
where choice = 1
order by source, repository_number, pushed_at, delivery
