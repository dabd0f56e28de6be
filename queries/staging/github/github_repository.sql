/*
title: Repositories of GitHub
description: >
  As they are called now. Records name their repository by its id, which stays when it is renamed or transferred; deliveries by its number.
  Of those that only deliveries know, the ones that the configuration means. A name belongs to the repository that had it last.
grain: one row per source and repository
*/
with polled as (
  select
    r.source,
    r.key as repository_id,
    staging.whole(r.payload ->> '$.databaseId') as number,
    r.payload ->> '$.nameWithOwner' as repository,
    try_cast(r.payload ->> '$.isArchived' as boolean) as is_archived,
    try_cast(r.payload ->> '$.isFork' as boolean) as is_fork,
    try_cast(r.payload ->> '$.isPrivate' as boolean) as is_private,
    staging.instant(r.payload ->> '$.createdAt') as created_at,
    r.payload ->> '$.url' as url,
    staging.instant(r.payload ->> '$.updatedAt') as updated_at
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'github' and r.stream = 'repository'
),
mention as (
  select
    source,
    delivery,
    delivered_at,
    repository_number as number,
    payload ->> '$.repository.node_id' as repository_id,
    payload ->> '$.repository.full_name' as repository,
    coalesce(try_cast(payload ->> '$.repository.archived' as boolean), false) as is_archived,
    coalesce(try_cast(payload ->> '$.repository.fork' as boolean), false) as is_fork,
    coalesce(try_cast(payload ->> '$.repository.private' as boolean), false) as is_private,
    -- In pushes these are seconds.
    coalesce(
      staging.instant(payload ->> '$.repository.created_at'),
      staging.instant(try(to_timestamp(staging.whole(payload ->> '$.repository.created_at'))))
    ) as created_at,
    payload ->> '$.repository.html_url' as url,
    staging.instant(payload ->> '$.repository.updated_at') as updated_at,
    coalesce(
      staging.instant(payload ->> '$.repository.pushed_at'),
      staging.instant(try(to_timestamp(staging.whole(payload ->> '$.repository.pushed_at'))))
    ) as pushed_at
  from staging.github_delivery
  where repository_number is not null and contains(payload ->> '$.repository.full_name', '/') and (payload ->> '$.repository.node_id') <> ''
),
ranked as (
  select
    source, number, repository_id, repository, is_archived, is_fork, is_private, created_at, url, updated_at,
    row_number() over (
      partition by source, number
      order by updated_at desc nulls last, pushed_at desc nulls last, delivered_at desc nulls last, delivery desc
    ) as choice
  from mention
),
delivered as (
  select source, number, repository_id, repository, is_archived, is_fork, is_private, created_at, url, updated_at
  from ranked
  where choice = 1
),
wanted as (
  select
    source,
    list_transform(coalesce(try_cast(options -> '$.organisations' as varchar[]), []), lambda owner: lower(owner)) as owners,
    list_transform(coalesce(try_cast(options -> '$.repositories' as varchar[]), []), lambda name: lower(name)) as names,
    list_transform(coalesce(try_cast(options -> '$.include' as varchar[]), ['*']), lambda pattern: lower(pattern)) as include,
    list_transform(coalesce(try_cast(options -> '$.exclude' as varchar[]), []), lambda pattern: lower(pattern)) as exclude,
    coalesce(try_cast(options -> '$.archived' as boolean), true) as archived,
    coalesce(try_cast(options -> '$.forks' as boolean), false) as forks
  from staging.source
),
meant as (
  select d.source, d.number
  from delivered as d
  join wanted as w on w.source = d.source
  where
    (
      list_contains(w.names, lower(d.repository))
      or (
        (list_contains(w.owners, lower(split_part(d.repository, '/', 1))) or len(w.owners) + len(w.names) = 0)
        and (w.archived or not d.is_archived)
        and (w.forks or not d.is_fork)
        and exists (
          select 1
          from unnest(w.include) as p(pattern)
          where case when contains(p.pattern, '/') then lower(d.repository) else lower(split_part(d.repository, '/', 2)) end glob p.pattern
        )
      )
    )
    and not exists (
      select 1
      from unnest(w.exclude) as p(pattern)
      where case when contains(p.pattern, '/') then lower(d.repository) else lower(split_part(d.repository, '/', 2)) end glob p.pattern
    )
),
united as (
  select
    p.source,
    p.repository_id,
    p.number,
    case when d.updated_at > p.updated_at then d.repository else p.repository end as repository,
    case when d.updated_at > p.updated_at then d.is_archived else p.is_archived end as is_archived,
    p.is_fork,
    case when d.updated_at > p.updated_at then d.is_private else p.is_private end as is_private,
    p.created_at,
    case when d.updated_at > p.updated_at then d.url else p.url end as url,
    greatest(p.updated_at, d.updated_at) as updated_at
  from polled as p
  left join delivered as d on d.source = p.source and d.number = p.number
  union all
  select
    d.source, d.repository_id, d.number, d.repository, d.is_archived, d.is_fork, d.is_private, d.created_at, d.url, d.updated_at
  from delivered as d
  join meant as m on m.source = d.source and m.number = d.number
  where not exists (select 1 from polled as p where p.source = d.source and p.number = d.number)
),
named as (
  select
    source, repository_id, number, repository, is_archived, is_fork, is_private, created_at, url,
    row_number() over (partition by source, lower(repository) order by updated_at desc nulls last, number desc) as choice
  from united
)
select n.source, n.repository_id, n.number, n.repository, n.is_archived, n.is_fork, n.is_private, n.created_at, n.url
from named as n
where
  n.choice = 1
  and not exists (
    select 1
    from staging.github_delivery as g
    where g.source = n.source and g.repository_number = n.number and g.event = 'repository' and g.action = 'deleted'
  )
order by n.source, n.repository_id
