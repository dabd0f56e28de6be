/*
measure: promotion_lag
title: Promotion lag
question: How long does what was deployed to staging wait for production?
rule: From the first time that a commit was live in an environment of kind staging to the first time it was live in production, per service; what came to production first has none.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [deployment, environment]
connect: deployments to staging as well as to production, with their commit, would bring them
fact: promoted commit
facts: promoted commits
*/
with first_live as (
  select
    service,
    sha,
    min(live_at) filter (where environment_kind = 'staging') as staged_at,
    min(live_at) filter (where environment_kind = 'production') as live_at
  from model.deployment
  where sha is not null and live_at is not null and excluded_reason is null
  group by service, sha
)
select
  service,
  live_at as occurred_at,
  date_diff('second', staged_at, live_at) as value,
  null as is_hit,
  sha as subject,
  null as cut
from first_live
where live_at >= staged_at
order by occurred_at, subject, service
