/*
measure: flaky_suites
title: Flaky suites
question: How often does a suite fail and pass for the same commit?
rule: One fact per commit, service and suite with at least two results; a hit where one passed and one failed.
version: 1
unit: ratio
statistic: share
better: lower
made_from: [test_result]
connect: test results that name the commit they are of, with each repetition kept, would bring them
fact: commit that a suite tested twice
facts: commits that a suite tested twice
cut: suite
*/
with result as (
  select
    service,
    sha,
    coalesce(suite, kind) as suite,
    finished_at,
    test_result_id,
    case when failed > 0 or outcome = 'failed' then 1 else 0 end as is_failed
  from model.test_result
  where sha is not null and finished_at is not null and (failed is not null or outcome in ('passed', 'failed'))
)
select
  service,
  max(finished_at) as occurred_at,
  null as value,
  min(is_failed) < max(is_failed) as is_hit,
  max(test_result_id) as subject,
  suite as cut
from result
where suite is not null
group by service, suite, sha
having count(*) > 1
order by occurred_at, service nulls first, suite, subject
