/*
measure: users_on_older_versions
title: Users on older versions
question: A week after a version went live, how many users still run an older one?
rule: >
  Users of versions that went live before it, or of which that is not known, among users of all versions, in the stretch of time that has the 7th day after a version first went live; one fact per version and service
  whose monitoring counts users by version.
version: 1
unit: ratio
statistic: median
better: lower
made_from: [service_traffic, deployment]
connect: a file of service_traffic with users by version would bring them
fact: version
facts: versions
*/
with live as (
  select service, version, min(live_at) as live_at
  from model.wave
  where version is not null
  group by service, version
),
seen as (
  select
    l.service, l.version, l.live_at, u.users, u.all_users,
    u.version <> l.version and (u.live_at is null or u.live_at < l.live_at) as is_older
  from live as l
  join practices.version_use as u
    on u.service = l.service and u.starts_at <= l.live_at + interval 7 day and u.ends_at > l.live_at + interval 7 day
)
select
  service,
  live_at + interval 7 day as occurred_at,
  sum(case when is_older then users else 0 end)::double / min(all_users) as value,
  null as is_hit,
  service || '@' || version as subject,
  null as cut
from seen
where all_users > 0
group by service, version, live_at
order by occurred_at, subject
