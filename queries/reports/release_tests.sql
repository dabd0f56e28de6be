/*
title: Test results of releases
grain: one row per release and test result of the commit, artifact or version that it deployed
*/
with deployed as (
  select service, version, sha
  from reports.release_scope
  where sha is not null
  union
  select service, version, sha
  from reports.release_deployments
  where sha is not null
),
artifact as (
  select distinct d.service, d.version, a.digest
  from deployed as d
  join model.artifact as a on a.sha = d.sha
  where a.service is null or a.service = d.service
),
matched as (
  select d.service, d.version, t.test_result_id
  from deployed as d
  join model.test_result as t on t.sha = d.sha
  where t.service is null or t.service = d.service
  union
  select a.service, a.version, t.test_result_id
  from artifact as a
  join model.test_result as t on t.digest = a.digest
  where t.service is null or t.service = a.service
  union
  select r.service, r.version, t.test_result_id
  from reports.release_scope as r
  join model.test_result as t on t.service = r.service and t.version = r.version
)
select
  m.service,
  m.version,
  t.test_result_id,
  t.suite,
  t.kind,
  t.environment,
  t.sha,
  t.total,
  t.failed,
  t.skipped,
  t.coverage,
  t.finished_at,
  coalesce(t.outcome, 'not known') as outcome,
  t.url
from matched as m
join model.test_result as t on t.test_result_id = m.test_result_id
order by m.service, m.version, t.suite, t.finished_at nulls last, t.test_result_id
