/*
title: Changes that another report tells better
grain: one row per source and change
description: Of several reports of the same number of a repository the one with the most stages known wins; these are the others.
*/
with keyed as (
  select source, id, repository, number, first_commit_at, opened_at, merged_at
  from staging.files_change
  union all
  select source, id, repository, number, first_commit_at, opened_at, merged_at
  from staging.events_change
  union all
  select source, id, repository, number, first_commit_at, opened_at, merged_at
  from staging.github_change
  union all
  select source, id, repository, number, first_commit_at, opened_at, merged_at
  from staging.gitlab_change
),
named as (
  select
    source,
    source || ':' || case when repository is null then '' else repository || '#' end || id as change_id,
    repository, number, first_commit_at, opened_at
  from keyed
  where merged_at is not null and merged_at < getvariable('as_of')
),
-- Looked for first, for whole numbers of changes are told once.
repeated as (
  select coalesce(repository, source) as place, coalesce(number, change_id) as number
  from named
  group by coalesce(repository, source), coalesce(number, change_id)
  having count(*) > 1
),
ranked as (
  select
    n.source,
    n.change_id,
    row_number() over (partition by r.place, r.number order by n.opened_at is null, n.first_commit_at is null, n.source, n.change_id) as choice
  from named as n
  join repeated as r on r.place = coalesce(n.repository, n.source) and r.number = coalesce(n.number, n.change_id)
)
select source, change_id
from ranked
where choice > 1
order by source, change_id
