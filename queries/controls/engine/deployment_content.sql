/*
title: What is known of what production deployments bring
grain: one row per production deployment
rule: >
  `known`: each change in it has an author. `unwritten`: of some change nobody knows who wrote it. `unknown`: it is the first known one of its service, or of a service that is not
  known. `not live`: it never went live, and whose its commit is is not known. `none`: what it put there was there before
version: 1
*/
with unwritten as (
  select distinct deployment_id
  from controls.deployment_change as c
  where not exists (select 1 from controls.change_author as a where a.change_id = c.change_id)
),
written as (
  select deployment_id, bool_or(is_doubtful) as is_doubtful, bool_or(change_id is null) as is_of_commit
  from controls.deployment_author
  group by deployment_id
)
select
  d.deployment_id,
  coalesce(c.changes, 0) + case when a.is_of_commit then 1 else 0 end as changes,
  case
    when u.deployment_id is not null then 'unwritten'
    when c.changes > 0 or a.is_of_commit then 'known'
    when d.live_at is null then 'not live'
    when w.wave_id is null or w.is_first then 'unknown'
    else 'none'
  end as content,
  coalesce(a.is_doubtful, false) as is_doubtful
from controls.production_deployment as d
left join model.wave as w on w.wave_id = d.wave_id
left join controls.deployment_change_count as c on c.deployment_id = d.deployment_id
left join unwritten as u on u.deployment_id = d.deployment_id
left join written as a on a.deployment_id = d.deployment_id
order by d.deployment_id
