/*
title: Test evidence of deployments of the period
grain: one row per deployment of the period and test result of what it deployed
description: Of note is what did not pass.
version: 1
*/
select
  p.deployment_id,
  p.service,
  p.occurred_at,
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
  t.is_before,
  t.how,
  coalesce(t.outcome <> 'passed', true) as is_of_note
from period_deployment as p
join controls.deployment_test as t on t.deployment_id = p.deployment_id
order by p.occurred_at, p.deployment_id, t.suite, t.finished_at nulls last, t.test_result_id
