/*
title: Adherence by period
grain: one row per period among the last 13 complete ones of its kind in which a control judged anything
rule: pass / (pass + fail + unknown) over the results of all controls whose unit has its date in the period
version: 1
description: "`grave` counts what fails of controls of critical severity."
*/
select
  period_kind, period_start, period_label, role, recency,
  count(distinct control) filter (where passed + failed + unknown > 0) as controls,
  count(distinct control) filter (where failed > 0) as failing_controls,
  sum(passed)::bigint as passed,
  sum(failed)::bigint as failed,
  sum(unknown)::bigint as unknown,
  sum(exempt)::bigint as exempt,
  coalesce(sum(failed) filter (where severity = 'critical'), 0)::bigint as grave,
  sum(passed) / nullif(sum(passed + failed + unknown), 0) as rate
from reports.control_period
group by period_kind, period_start, period_label, role, recency
order by period_kind, period_start
