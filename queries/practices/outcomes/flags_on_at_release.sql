/*
measure: flags_on_at_release
title: Flags on at a deployment
question: How many flags are on when something goes live?
rule: Flags of a service that are on when a production deployment of it goes live; of deployments from the service's first switch of a flag on.
version: 1
unit: flags
statistic: mean
made_from: [flag, deployment]
connect: a file of switches of feature flags would bring them
fact: deployment of a service with flags
facts: deployments of services with flags
*/
with switch as (
  select
    service, occurred_at,
    is_on::integer - coalesce(lag(is_on::integer) over (partition by source, name, service order by occurred_at), 0) as step
  from model.flag
  where service is not null
),
moment as (
  select service, occurred_at, step, 0 as place, null as wave_id
  from switch
  union all
  select service, live_at as occurred_at, 0 as step, 1 as place, wave_id
  from model.wave
),
counted as (
  select
    service, occurred_at, wave_id,
    sum(step) over (partition by service order by occurred_at, place, wave_id rows between unbounded preceding and current row) as flags_on,
    count(*) filter (where place = 0) over (partition by service order by occurred_at, place, wave_id rows between unbounded preceding and current row) as switches
  from moment
)
select service, occurred_at, flags_on as value, null as is_hit, wave_id as subject, null as cut
from counted
where wave_id is not null and switches > 0
order by occurred_at, subject
