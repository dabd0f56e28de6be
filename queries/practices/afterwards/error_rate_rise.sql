/*
measure: error_rate_rise
title: Deployments after which more requests fail
question: After what share of deployments does the error rate rise?
rule: >
  A hit where the 95 % interval of the error rate within 24 hours after a production deployment less that within 24 hours before it lies above zero; of deployments with at least 100 requests on both sides. Both
  sides end where the next or the last deployment of the service is. Requests are taken for independent, so a hit is a reason to look.
version: 1
unit: ratio
statistic: share
better: lower
made_from: [service_traffic, deployment]
connect: a file of service_traffic, with requests and errors by hour or less, would bring them
fact: deployment
facts: deployments
source: Newcombe, Statistics in Medicine 17 (1998), 873-890, method 10
*/
select
  service,
  live_at as occurred_at,
  null as value,
  verdict = 'higher' as is_hit,
  wave_id as subject,
  null as cut
from practices.error_rate_change
where verdict in ('higher', 'lower', 'no clear difference')
order by occurred_at, subject
