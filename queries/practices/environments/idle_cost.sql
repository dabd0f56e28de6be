/*
measure: idle_cost
title: Cost of idle environments
question: What do environments cost in weeks in which nothing is deployed to them?
rule: >
  Of each bill of an environment below production the share that the idle weeks which begin in its month have of all that begin in it (see idle environments). Bills in another currency than most, and
  of environments to which nothing was ever deployed, are none.
version: 1
unit: currency
statistic: sum
better: lower
made_from: [environment_bill, deployment, environment]
connect: a file of what each environment costs in a month, and deployments to it, would bring them
fact: bill
facts: bills
cut: environment
*/
with week as (
  select cut as environment, timezone(getvariable('time_zone'), date_trunc('month', timezone(getvariable('time_zone'), occurred_at))) as month_start, count(*) as weeks, count(*) filter (where is_hit) as idle
  from practices.idle_environments
  group by cut, month_start
)
select
  null as service,
  c.occurred_at,
  c.value * w.idle / w.weeks as value,
  null as is_hit,
  c.subject,
  c.cut
from practices.environment_cost as c
join week as w on w.environment = c.cut and w.month_start = c.occurred_at
order by c.occurred_at, c.subject
