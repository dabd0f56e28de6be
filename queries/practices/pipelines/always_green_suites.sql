/*
measure: always_green_suites
title: Suites that always pass
question: Which suites of tests never fail, and so may say nothing?
rule: >
  One fact per suite, service and month with at least ten results: a hit where none failed. A suite that never fails may guard what never
  breaks, or test nothing: it is a question, not a verdict.
version: 1
unit: ratio
statistic: share
made_from: [test_result]
connect: a source of test results, such as JUnit reports or a file, would bring them
fact: month of a suite
facts: months of suites
cut: suite
*/
with result as (
  select
    service,
    coalesce(suite, kind) as suite,
    finished_at,
    test_result_id,
    date_trunc('month', timezone(getvariable('time_zone'), finished_at)) as local_month,
    case when failed > 0 or outcome = 'failed' then 1 else 0 end as is_failed
  from model.test_result
  where finished_at is not null and (failed is not null or outcome in ('passed', 'failed'))
)
select
  service,
  max(finished_at) as occurred_at,
  null as value,
  sum(is_failed) = 0 as is_hit,
  max(test_result_id) as subject,
  suite as cut
from result
where suite is not null
group by service, suite, local_month
having count(*) >= 10
order by occurred_at, service nulls first, suite
