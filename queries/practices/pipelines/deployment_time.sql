/*
measure: deployment_time
title: Time of a deployment
question: How long does a deployment take to be carried out?
rule: From start to end of a production deployment that succeeded, each attempt of its own; transfer of packages and waits inside are part of it.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [deployment]
connect: a source of deployments that says when they began and ended would bring them
fact: deployment
facts: deployments
*/
select
  service,
  finished_at as occurred_at,
  date_diff('second', started_at, finished_at) as value,
  null as is_hit,
  deployment_id as subject,
  null as cut
from controls.production_deployment
where status = 'success' and finished_at > started_at
order by occurred_at, subject
