/*
measure: stale_flags
title: Stale flags
question: What share of flags stays on for more than 90 days?
rule: Each time that a flag was switched on, by when that was; a hit where nobody switched it off within 90 days. One that is on for less than that by as-of is pending and no fact.
version: 1
unit: ratio
statistic: share
better: lower
made_from: [flag]
connect: a file of switches of feature flags would bring them
fact: flag switched on
facts: flags switched on
*/
with switch as (
  select
    source, name, service, occurred_at, is_on,
    sum(case when is_on then 0 else 1 end) over (
      partition by source, name, service order by occurred_at rows between unbounded preceding and 1 preceding
    ) as offs_before
  from model.flag
),
spell as (
  select
    source, name, service,
    min(occurred_at) filter (where is_on) as on_at,
    max(occurred_at) filter (where not is_on) as off_at
  from switch
  group by source, name, service, coalesce(offs_before, 0)
)
select
  service,
  on_at as occurred_at,
  null as value,
  off_at is null or off_at > on_at + interval 90 day as is_hit,
  source || ':' || name as subject,
  null as cut
from spell
where on_at is not null and (off_at is not null or on_at + interval 90 day <= getvariable('as_of'))
order by occurred_at, subject, service
