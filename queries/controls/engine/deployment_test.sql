/*
title: Test results of production deployments
grain: one row per production deployment and test result of what it deployed
rule: of the digest of one of its artifacts, of its commit, or of its version
description: >
  `is_before` is not known to have ended only after the deployment began: a report without a time is of this commit all the same. `how` is digest, commit or version.
version: 1
*/
with digest as (
  select distinct a.deployment_id, d.service, a.digest
  from controls.deployment_artifact as a
  join controls.production_deployment as d on d.deployment_id = a.deployment_id
  where a.digest is not null
),
tied as (
  select d.deployment_id, t.test_result_id, 1 as rank
  from digest as d
  join model.test_result as t on lower(t.digest) = d.digest
  where t.service is null or t.service = d.service
  union all
  select d.deployment_id, t.test_result_id, 2 as rank
  from controls.production_deployment as d
  join model.test_result as t on lower(t.sha) = lower(d.sha)
  where t.service is null or t.service = d.service
  union all
  select d.deployment_id, t.test_result_id, 3 as rank
  from controls.production_deployment as d
  join model.test_result as t on t.service = d.service and t.version = d.version
),
ranked as (
  select deployment_id, test_result_id, min(rank) as rank
  from tied
  group by deployment_id, test_result_id
)
select
  r.deployment_id,
  t.test_result_id,
  t.suite,
  t.kind,
  t.environment,
  t.total,
  t.failed,
  t.skipped,
  t.coverage,
  t.finished_at,
  t.outcome,
  coalesce(t.finished_at < d.occurred_at, true) as is_before,
  case r.rank when 1 then 'digest' when 2 then 'commit' else 'version' end as how
from ranked as r
join controls.production_deployment as d on d.deployment_id = r.deployment_id
join model.test_result as t on t.test_result_id = r.test_result_id
order by r.deployment_id, t.test_result_id
