/*
title: What is known of what production deployments bring
grain: one row per production deployment
rule: >
  `known`: each change in it has an author. `unwritten`: of some change nobody knows who wrote it. `unknown`: it is the first known one of its service, or of a service that is not
  known. `not live`: it never went live, and whose its commit is is not known. `none`: what it put there was there before
version: 1
*/
with change as (
  select deployment_id, change_id
  from controls.deployment_change
  union
  select deployment_id, change_id
  from controls.deployment_author
),
counted as (
  select c.deployment_id, count(*) as changes, count(*) filter (where a.deployment_id is null) as unwritten, coalesce(bool_or(a.is_doubtful), false) as is_doubtful
  from change as c
  left join (
    select deployment_id, change_id, bool_or(is_doubtful) as is_doubtful
    from controls.deployment_author
    group by deployment_id, change_id
  ) as a on a.deployment_id = c.deployment_id and a.change_id is not distinct from c.change_id
  group by c.deployment_id
)
select
  d.deployment_id,
  coalesce(c.changes, 0)::bigint as changes,
  case
    when c.unwritten > 0 then 'unwritten'
    when c.changes > 0 then 'known'
    when d.live_at is null then 'not live'
    when w.wave_id is null or w.is_first then 'unknown'
    else 'none'
  end as content,
  coalesce(c.is_doubtful, false) as is_doubtful
from controls.production_deployment as d
left join model.wave as w on w.wave_id = d.wave_id
left join counted as c on c.deployment_id = d.deployment_id
order by d.deployment_id
