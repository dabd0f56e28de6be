/*
measure: environments_from_code
title: Environments from code
question: What share of environments was made by code rather than by hand?
rule: >
  One fact per environment below production, of which it is known how it was made, and month in which it existed for a time; a hit where code made it. One without a date of making is counted from the
  first deployment to it on record.
version: 1
unit: ratio
statistic: share
better: higher
made_from: [environment]
connect: environments whose records say whether code made them would bring them
fact: month of an environment
facts: months of environments
cut: kind of environment
*/
with deployed as (
  select environment, min(coalesce(live_at, started_at, finished_at)) as first_at
  from model.deployment
  group by environment
),
known as (
  select
    l.environment, l.kind, l.provisioned_by,
    timezone(getvariable('time_zone'), coalesce(l.created_at, d.first_at)) as made_at,
    timezone(getvariable('time_zone'), coalesce(l.removed_at, getvariable('as_of')::timestamptz - interval 1 second)) as gone_at
  from model.environment_life as l
  left join deployed as d on d.environment = l.environment
  where l.kind <> 'production' and l.provisioned_by is not null
),
month as (
  select environment, kind, provisioned_by, made_at, unnest(generate_series(date_trunc('month', made_at), gone_at, interval 1 month)) as month
  from known
  where made_at <= gone_at
)
select
  null as service,
  timezone(getvariable('time_zone'), greatest(month, made_at)) as occurred_at,
  null as value,
  provisioned_by = 'code' as is_hit,
  environment || ' ' || strftime(month, '%Y-%m') as subject,
  kind as cut
from month
order by occurred_at, subject
