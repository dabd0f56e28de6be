/*
title: Adherence over all controls
grain: one row per family, team, service and month, and one for all
rule: pass / (pass + fail + unknown) over the results of all controls; null where nothing was to be judged
description: >
  Results are pooled as they are: a control with many units weighs more than one with few. Each control has its own rate. Services by failures, most first; months from the first
  with results until as-of. `is_hardly_judged` marks services and teams of which less than half of all controls judged anything; `outside_controls` are those whose configured scope leaves all of it out.
*/
with scoped as (
  select 'all' as kind, 'all' as name, a.*
  from controls.adherence as a
  where a.scope_kind = 'organisation' and a.month is null
  union all
  select 'family' as kind, c.family as name, a.*
  from controls.adherence as a
  join controls.control as c on c.control = a.control
  where a.scope_kind = 'organisation' and a.month is null
  union all
  select a.scope_kind as kind, a.scope as name, a.*
  from controls.adherence as a
  where a.scope_kind in ('service', 'team') and a.month is null
  union all
  select 'month' as kind, a.month as name, a.*
  from controls.adherence as a
  where a.scope_kind = 'organisation' and a.month is not null
),
pooled as (
  select
    kind,
    name,
    count(distinct control) as controls,
    count(distinct control) filter (where passed + failed + unknown > 0) as judging,
    sum(passed) as passed,
    sum(failed) as failed,
    sum(unknown) as unknown,
    sum(exempt) as exempt,
    sum(not_applicable) as not_applicable,
    sum(not_due) as not_due,
    sum(outside) as outside,
    count(distinct control) filter (where outside = units) as outside_controls
  from scoped
  group by kind, name
),
titled as (
  select
    p.*,
    case p.kind when 'service' then s.title when 'team' then t.title else p.name end as title
  from pooled as p
  left join model.service as s on p.kind = 'service' and s.service = p.name
  left join model.team as t on p.kind = 'team' and t.team = p.name
),
-- What most controls never judged has no adherence worth a number: 24 passes beside 10,000 results that are not applicable are no 100 %.
asked as (
  select count(distinct control) as controls
  from controls.adherence
  where scope_kind = 'organisation' and month is null and passed + failed + unknown > 0
)
select
  row_number() over (
    order by kind, case when kind = 'service' then -failed end, case when kind = 'month' then name end desc, name
  ) as position,
  kind,
  name,
  coalesce(title, name) as title,
  titled.controls::bigint as controls,
  passed::bigint as passed,
  failed::bigint as failed,
  unknown::bigint as unknown,
  exempt::bigint as exempt,
  not_applicable::bigint as not_applicable,
  not_due::bigint as not_due,
  outside::bigint as outside,
  outside_controls::bigint as outside_controls,
  passed / nullif(passed + failed + unknown, 0) as rate,
  kind in ('service', 'team') and 2 * judging < a.controls as is_hardly_judged,
  (passed + failed) / nullif(passed + failed + unknown, 0) as control_coverage
from titled
cross join asked as a
order by position
