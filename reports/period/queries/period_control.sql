/*
title: Results of controls in the period
grain: one row per control that is switched on, or of the framework those that give evidence for it
rule: Adherence is pass / (pass + fail + unknown); nothing where none of these, for nothing was to be judged
description: All counts always stand beside the rate. 95 % limits by Wilson.
source: Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212
version: 1
*/
with counted as (
  select
    control,
    count(*) as units,
    count(*) filter (where status = 'pass') as passed,
    count(*) filter (where status = 'fail') as failed,
    count(*) filter (where status = 'unknown') as unknown,
    count(*) filter (where status = 'exempt') as exempt,
    count(*) filter (where status = 'not_applicable' and not is_not_due) as not_applicable,
    count(*) filter (where is_not_due) as not_due
  from period_result
  group by control
),
judged as (
  select
    c.control,
    c.family,
    c.title,
    c.question,
    c.rule,
    c.version,
    c.units as unit_kinds,
    c.severity,
    c.owner,
    c.remedy,
    c.relation,
    c.is_local,
    coalesce(n.units, 0) as units,
    coalesce(n.passed, 0) as passed,
    coalesce(n.failed, 0) as failed,
    coalesce(n.unknown, 0) as unknown,
    coalesce(n.exempt, 0) as exempt,
    coalesce(n.not_applicable, 0) as not_applicable,
    coalesce(n.not_due, 0) as not_due,
    coalesce(n.passed + n.failed + n.unknown, 0) as judged
  from controls.control as c
  left join counted as n on n.control = c.control
  where
    getvariable('period_framework') = ''
    or exists (select 1 from controls.control_clause as m where m.control = c.control and m.framework = getvariable('period_framework'))
)
select
  row_number() over (order by j.family, j.control) as position,
  j.control,
  j.family,
  j.title,
  j.question,
  j.rule,
  j.version,
  j.unit_kinds,
  j.severity,
  j.owner,
  j.remedy,
  j.relation,
  j.is_local,
  q.sha256,
  j.units::bigint as units,
  j.passed::bigint as passed,
  j.failed::bigint as failed,
  j.unknown::bigint as unknown,
  j.exempt::bigint as exempt,
  j.not_applicable::bigint as not_applicable,
  j.not_due::bigint as not_due,
  j.passed / nullif(j.judged, 0) as rate,
  case
    when j.judged > 0
      then greatest(
        0,
        (j.passed + 1.9207294103 - 1.9599639845 * sqrt(j.passed::double * (j.judged - j.passed) / j.judged + 0.9603647052)) / (j.judged + 3.8414588207)
      )
  end as rate_low,
  case
    when j.judged > 0
      then least(
        1,
        (j.passed + 1.9207294103 + 1.9599639845 * sqrt(j.passed::double * (j.judged - j.passed) / j.judged + 0.9603647052)) / (j.judged + 3.8414588207)
      )
  end as rate_high
from judged as j
left join raw.query as q on q.relation = j.relation
order by position
