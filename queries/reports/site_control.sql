/*
title: Controls with what they find
grain: one row per control that is switched on
description: >
  The catalogue with all counts over all time. `rate` is empty where nothing was to be judged. `asserted_kinds` are the kinds of record that it needs and that somebody says to be complete; `is_assertion_bare` where one of
  those sayings has no day or no basis.
*/
with assertion as (
  select entity, bool_or(asserted_at is null or basis is null) as is_undated
  from staging.files_completeness
  group by entity
),
asserted as (
  select n.control, list_sort(list(n.entity)) as kinds, bool_or(a.is_undated) as is_undated
  from controls.control_need as n
  join assertion as a on a.entity = n.entity
  group by n.control
)
select
  row_number() over (order by c.family, c.control) as position,
  c.control,
  c.family,
  c.title,
  c.question,
  c.rule,
  c.version,
  c.units,
  c.severity,
  c.owner,
  c.remedy,
  c.relation,
  c.is_local,
  coalesce(a.units, 0)::bigint as judged_units,
  coalesce(a.passed, 0)::bigint as passed,
  coalesce(a.failed, 0)::bigint as failed,
  coalesce(a.unknown, 0)::bigint as unknown,
  coalesce(a.exempt, 0)::bigint as exempt,
  coalesce(a.not_applicable, 0)::bigint as not_applicable,
  coalesce(a.not_due, 0)::bigint as not_due,
  coalesce(a.outside, 0)::bigint as outside,
  a.rate,
  a.rate_low,
  a.rate_high,
  a.control_coverage,
  coalesce(n.kinds, []) as asserted_kinds,
  coalesce(n.is_undated, false) as is_assertion_bare
from controls.control as c
left join controls.adherence as a on a.control = c.control and a.scope_kind = 'organisation' and a.month is null
left join asserted as n on n.control = c.control
order by position
