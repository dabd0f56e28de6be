/*
title: Where patterns are looked for, and where their history is halved
grain: one row per scope with a deployment to judge
rule: the first half holds the days up to the one on which half of the deployments had gone live
version: 1
description: The organisation, which is the scope without a name, and each service, unless there is only one.
*/
select
  'organisation' as scope_kind,
  '' as scope,
  count(*) as n,
  min(day) as first_day,
  percentile_disc(0.5) within group (order by day) as first_half_until,
  max(day) as last_day
from correlation.judged_deployment
having count(*) > 0
union all
select
  'service' as scope_kind,
  service as scope,
  count(*) as n,
  min(day) as first_day,
  percentile_disc(0.5) within group (order by day) as first_half_until,
  max(day) as last_day
from correlation.judged_deployment
where (select count(distinct service) from correlation.judged_deployment) > 1
group by service
order by scope_kind, scope
