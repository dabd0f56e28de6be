/*
title: Test evidence by service
grain: one row per service of the period
rule: A deployment has a test result where one ended before it began and is of its digest, commit or version
version: 1
*/
with tested as (
  select
    deployment_id,
    count(*) as results,
    count(*) filter (where outcome = 'failed') as failed
  from period_test
  where is_before
  group by deployment_id
)
select
  p.service,
  p.service_title,
  count(*)::bigint as deployments,
  count(t.deployment_id)::bigint as with_result,
  (count(*) filter (where t.failed > 0))::bigint as with_failed,
  coalesce(sum(t.results), 0)::bigint as results,
  coalesce(sum(t.failed), 0)::bigint as failed_results
from period_deployment as p
left join tested as t on t.deployment_id = p.deployment_id
group by p.service, p.service_title
order by p.service
