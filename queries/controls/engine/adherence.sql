/*
title: Adherence
grain: one row per control, scope (all, each service, each team) and month, with month null for all time
rule: pass / (pass + fail + unknown); null where none of these, for nothing was to be judged
description: All counts always stand beside the rate. `outside` are units that the configured scope leaves out, `not_applicable` those in scope that the control does not concern. 95 % limits by Wilson.
source: Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212
version: 1
*/
with tally as (
  select control, service, teams, month, status, is_not_due, is_outside, count(*) as units
  from controls.result
  group by control, service, teams, month, status, is_not_due, is_outside
),
fact as (
  select control, 'organisation' as scope_kind, 'all' as scope, month, status, is_not_due, is_outside, units
  from tally
  union all
  select control, 'service' as scope_kind, service as scope, month, status, is_not_due, is_outside, units
  from tally
  where service is not null
  union all
  select control, 'team' as scope_kind, unnest(teams) as scope, month, status, is_not_due, is_outside, units
  from tally
),
counted as (
  select
    control,
    scope_kind,
    scope,
    month,
    sum(units) as units,
    coalesce(sum(units) filter (where status = 'pass'), 0) as passed,
    coalesce(sum(units) filter (where status = 'fail'), 0) as failed,
    coalesce(sum(units) filter (where status = 'unknown'), 0) as unknown,
    coalesce(sum(units) filter (where status = 'exempt'), 0) as exempt,
    coalesce(sum(units) filter (where status = 'not_applicable' and not is_not_due and not is_outside), 0) as not_applicable,
    coalesce(sum(units) filter (where is_not_due), 0) as not_due,
    coalesce(sum(units) filter (where is_outside), 0) as outside
  from fact
  group by grouping sets ((control, scope_kind, scope, month), (control, scope_kind, scope))
),
judged as (
  select *, passed + failed + unknown as judged
  from counted
)
select
  j.control,
  j.scope_kind,
  j.scope,
  j.month,
  j.units::bigint as units,
  j.passed::bigint as passed,
  j.failed::bigint as failed,
  j.unknown::bigint as unknown,
  j.exempt::bigint as exempt,
  j.not_applicable::bigint as not_applicable,
  j.not_due::bigint as not_due,
  j.outside::bigint as outside,
  j.passed / nullif(j.judged, 0) as rate,
  -- Of nothing there are no limits: "greatest" and "least" would give 0 and 1.
  case
    when j.judged > 0
      then greatest(0, (j.passed + 1.9207294103) / (j.judged + 3.8414588207) - 1.9599639845 * sqrt(j.passed * (j.judged - j.passed) / j.judged + 0.9603647052) / (j.judged + 3.8414588207))
  end as rate_low,
  case
    when j.judged > 0
      then least(1, (j.passed + 1.9207294103) / (j.judged + 3.8414588207) + 1.9599639845 * sqrt(j.passed * (j.judged - j.passed) / j.judged + 0.9603647052) / (j.judged + 3.8414588207))
  end as rate_high,
  (j.passed + j.failed) / nullif(j.judged, 0) as control_coverage
from judged as j
order by j.control, j.scope_kind, j.scope, j.month nulls first
