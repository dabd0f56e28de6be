/*
title: Deployments are told by one source
grain: one row per service, environment of production and pair of sources that tell of the same deployments
description: >
  A tag that is taken for a deployment and a row of a file may be the same act. Two sources tell of the same deployments where half or more of the commits (or versions)
  that the one with fewer brought there were brought there by the other too: a single redeployment through another tool is none.
*/
with live as (
  select distinct service, environment, source, coalesce(sha, version) as identity
  from model.reported_deployment
  where
    environment_kind = 'production'
    and is_known_service
    and excluded_reason is null
    and live_at < getvariable('as_of')
    and coalesce(sha, version) is not null
),
brought as (
  select service, environment, source, count(*) as identities
  from live
  group by service, environment, source
),
shared as (
  select a.service, a.environment, a.source, b.source as other_source, count(*) as identities
  from live as a
  join live as b on b.service = a.service and b.environment = a.environment and b.identity = a.identity and b.source > a.source
  group by a.service, a.environment, a.source, b.source
)
select
  s.service || ' in ' || s.environment || ': ' || s.source || ' and ' || s.other_source as subject,
  s.identities as rows,
  'Both sources tell of these deployments, so each is counted twice.' as effect,
  case
    when 'git' in (c.collector, o.collector)
      then 'Take them from one source: remove `releases` of ' || s.service || ' from `' || case when c.collector = 'git' then s.source else s.other_source end
        || '`, or leave the deployments of `' || case when c.collector = 'git' then s.other_source else s.source end || '` out.'
    else 'Take them from one source: leave the deployments of the other out, or exclude them at `metrics.exclude_deployments`.'
  end as remedy
from shared as s
join brought as a on a.service = s.service and a.environment = s.environment and a.source = s.source
join brought as b on b.service = s.service and b.environment = s.environment and b.source = s.other_source
left join staging.source as c on c.source = s.source
left join staging.source as o on o.source = s.other_source
where 2 * s.identities >= least(a.identities, b.identities)
order by subject
