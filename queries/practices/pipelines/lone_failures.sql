/*
measure: lone_failures
title: Failures that one suite alone found
question: Which suites find what no other finds?
rule: >
  One fact per commit, service and suite that failed: a hit where no other suite failed for that commit. A suite without a hit in a year
  found nothing that another had not found too.
version: 1
unit: ratio
statistic: share
made_from: [test_result]
connect: test results that name the commit they are of would bring them
fact: failure of a suite
facts: failures of suites
cut: suite
*/
with failure as (
  select
    service,
    sha,
    coalesce(suite, kind) as suite,
    max(finished_at) as occurred_at,
    max(test_result_id) as subject
  from model.test_result
  where sha is not null and finished_at is not null and (failed > 0 or outcome = 'failed') and coalesce(suite, kind) is not null
  group by service, sha, coalesce(suite, kind)
)
select
  service,
  occurred_at,
  null as value,
  count(*) over (partition by service, sha) = 1 as is_hit,
  subject,
  suite as cut
from failure
order by occurred_at, subject
