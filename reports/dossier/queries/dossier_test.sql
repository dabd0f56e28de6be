/*
title: Test results in dossiers
grain: one row per dossier and test result of what its deployments deployed
version: 1
*/
select
  a.unit,
  t.test_result_id,
  t.suite,
  t.kind,
  t.environment,
  t.total,
  t.failed,
  t.skipped,
  t.finished_at,
  t.outcome,
  bool_or(t.is_before) as is_before,
  min(t.how) as how
from dossier_attempt as a
join controls.deployment_test as t on t.deployment_id = a.deployment_id
group by a.unit, t.test_result_id, t.suite, t.kind, t.environment, t.total, t.failed, t.skipped, t.finished_at, t.outcome
order by a.unit, t.finished_at nulls last, t.suite, t.test_result_id
