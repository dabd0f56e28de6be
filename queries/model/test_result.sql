/*
title: Test results
grain: one row per suite run
*/
with reported as (
  select
    source, id, service, repository, sha, digest, null as version, environment, suite, kind, total, failed, skipped, coverage, finished_at,
    outcome, url
  from staging.files_test_result
  union all
  select
    source, id, service, repository, sha, digest, null as version, environment, suite, kind, total, failed, skipped, coverage, finished_at,
    outcome, url
  from staging.events_test_result
  union all
  select
    source, id, service, null as repository, sha, digest, version, environment, suite, kind, total, failed, skipped, coverage, finished_at,
    outcome, null as url
  from staging.evidence_test_result
)
select
  t.source || ':' || t.id as test_result_id,
  t.service,
  coalesce(t.repository, s.repository) as repository,
  t.sha,
  t.digest,
  t.version,
  t.environment,
  t.suite,
  t.kind,
  t.total,
  t.failed,
  t.skipped,
  t.coverage,
  t.finished_at,
  coalesce(t.outcome, case when t.failed > 0 then 'failed' when t.failed = 0 then 'passed' end) as outcome,
  t.url
from reported as t
left join model.service as s on s.service = t.service
where t.finished_at is null or t.finished_at < getvariable('as_of')
order by test_result_id
