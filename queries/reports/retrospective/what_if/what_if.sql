/*
title: What another setting would have done
grain: one row per organisation or team, quarter, setting and value
rule: >
  Of the production deployments of the twelve months up to the end of the quarter whose outcome is known, rollbacks left out: caught = the setting would have held it,
  and it failed; delayed = held, and it did not fail; missed = not held, and it failed. Of the observation window caught are failures that showed within it, missed
  those that showed later, delayed all that did not fail, whose verdict waits for it
version: 1
description: >
  A deployment held is looked at again, not prevented: nobody knows whether the failure would not have come. `unknown` are deployments of which the number is not known; they are in no
  other count, and `judged` says how many there are beside. Of the organisation the newest quarter that is over.
*/
with scope as (
  select 'team' as scope_kind, team as scope, quarter, period_end, year_start
  from reports.retrospective_quarter
  union all
  select distinct 'organisation' as scope_kind, o.name as scope, r.quarter, r.period_end, r.year_start
  from reports.retrospective_quarter as r
  cross join model.organisation as o
  where r.place = 1
),
number as (
  select setting, wave_id, number from reports.setting_batch
  union all
  select setting, wave_id, number from reports.setting_coverage
  union all
  select setting, wave_id, number from reports.setting_review
  union all
  select setting, wave_id, number from reports.setting_risk
  union all
  select setting, wave_id, number from reports.setting_soak
  union all
  select setting, wave_id, number from reports.setting_window
),
deployment as (
  select s.scope_kind, s.scope, s.quarter, o.wave_id, o.is_failure
  from scope as s
  join metrics.wave_outcome as o on o.outcome = 'known' and o.filed_at >= s.year_start and o.filed_at < s.period_end
  join model.wave as w on w.wave_id = o.wave_id and w.kind <> 'rollback'
  join metrics.scope_member as m
    on
      m.scope_kind = s.scope_kind and m.scope = s.scope and m.service = o.service
      and o.filed_at >= m.member_from and o.filed_at < m.member_until
),
-- Settings have few different numbers beside so many deployments: values are tried on counts.
counted as (
  select
    d.scope_kind, d.scope, d.quarter, k.setting, k.holds, n.number,
    count(*) as deployments,
    count(*) filter (where d.is_failure) as failed
  from deployment as d
  cross join (select distinct setting, holds from reports.setting_value) as k
  left join number as n on n.setting = k.setting and n.wave_id = d.wave_id
  group by d.scope_kind, d.scope, d.quarter, k.setting, k.holds, n.number
),
held as (
  select
    c.scope_kind, c.scope, c.quarter, v.setting, v.value, c.deployments, c.failed, c.number,
    case v.holds
      when 'above' then c.number > v.value
      when 'below' then c.number < v.value
      when 'from' then c.number >= v.value
      else coalesce(c.number <= v.value, true)
    end as is_held,
    c.number is null and (v.holds <> 'until' or c.failed > 0) as is_unknown
  from counted as c
  join reports.setting_value as v on v.setting = c.setting
),
tried as (
  select
    scope_kind, scope, quarter, setting, value,
    sum(case when is_unknown then 0 else deployments end) as judged,
    sum(case when is_unknown then 0 else failed end) as failed,
    sum(case when not is_unknown and is_held then failed else 0 end) as caught,
    sum(case when not is_unknown and is_held then deployments - failed else 0 end) as delayed,
    sum(case when not is_unknown and not is_held then failed else 0 end) as missed,
    sum(case when is_unknown then deployments else 0 end) as unknown
  from held
  group by scope_kind, scope, quarter, setting, value
)
select
  t.scope_kind,
  t.scope,
  t.quarter,
  v.position,
  v.setting,
  v.title,
  v.unit,
  v.value,
  v.is_in_force,
  t.judged::bigint as judged,
  t.failed::bigint as failed,
  t.caught::bigint as caught,
  t.delayed::bigint as delayed,
  t.missed::bigint as missed,
  t.unknown::bigint as unknown
from tried as t
join reports.setting_value as v on v.setting = t.setting and v.value = t.value
order by t.scope_kind, t.scope, t.quarter, v.position, v.value
