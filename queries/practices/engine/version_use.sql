/*
title: Users of each version
grain: one row per service, stretch of time and version that users had in it
rule: >
  Users of the version among those of all versions of the service in the same stretch of time, where monitoring counts users by version. A version is older than another where it went live first before it, or is
  not known to have gone live
version: 1
*/
with used as (
  select service, version, starts_at, ends_at, sum(users)::bigint as users
  from model.service_traffic
  where version is not null and users is not null
  group by service, version, starts_at, ends_at
),
live as (
  select service, version, min(live_at) as live_at
  from model.wave
  where version is not null
  group by service, version
),
totalled as (
  select
    u.service, u.starts_at, u.ends_at, u.version, l.live_at, u.users,
    sum(u.users) over (partition by u.service, u.starts_at, u.ends_at) as all_users
  from used as u
  left join live as l on l.service = u.service and l.version = u.version
)
select
  service,
  starts_at,
  ends_at,
  version,
  live_at,
  users,
  all_users::bigint as all_users,
  case when all_users > 0 then users::double / all_users end as share
from totalled
order by service, starts_at, ends_at, version
