/*
title: Test results of releases
grain: one row per release and test result of the commit or artifact that it deployed
audience: teams
part: service
columns:
  service: Name of the service
  version: Version of the release
  test_result_id: Identifier of the result
  suite: Name of the test suite
  kind: Kind of tests
  environment: Where they ran
  sha: Commit that was tested
  cases: Test cases in all
  failed_cases: Cases that failed
  skipped_cases: Cases that were skipped
  coverage: Coverage as the source states it
  finished_at: When the tests ended
  outcome: passed, failed or not known
  url: Page in the source
*/
select
  service,
  version,
  test_result_id,
  suite,
  kind,
  environment,
  sha,
  total as cases,
  failed as failed_cases,
  skipped as skipped_cases,
  coverage,
  finished_at,
  outcome,
  url
from reports.release_tests
order by service, version, suite, finished_at nulls last, test_result_id
