/*
measure: idle_environments
title: Idle environments
question: In what share of weeks is nothing deployed to an environment?
rule: One fact per environment below production and whole week since its first deployment on record; a hit where nothing was deployed to it. Use by people who deploy nothing does not show.
version: 1
unit: ratio
statistic: share
better: lower
made_from: [deployment, environment]
connect: deployments to environments below production would bring them
fact: week of an environment
facts: weeks of environments
cut: environment
*/
with deployed as (
  select distinct environment, date_trunc('week', timezone(getvariable('time_zone'), coalesce(live_at, started_at, finished_at))) as local_week
  from model.deployment
  where environment_kind <> 'production' and coalesce(live_at, started_at, finished_at) is not null
),
known as (
  select environment, min(local_week) as first_week
  from deployed
  group by environment
),
week as (
  select
    environment,
    unnest(generate_series(first_week, timezone(getvariable('time_zone'), getvariable('as_of')::timestamptz) - interval 7 day, interval 7 day)) as local_week
  from known
)
select
  null as service,
  timezone(getvariable('time_zone'), w.local_week) as occurred_at,
  null as value,
  d.environment is null as is_hit,
  w.environment || ' ' || strftime(w.local_week, '%G-W%V') as subject,
  w.environment as cut
from week as w
left join deployed as d on d.environment = w.environment and d.local_week = w.local_week
order by occurred_at, subject
