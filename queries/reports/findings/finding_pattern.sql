/*
title: Habits that go with failures, in the latest period
grain: one row per kind of period and risk pattern found
rule: >
  Patterns are found over the whole history; beside each stands how many of the latest complete period's failures carry it. The larger relative risk comes first
version: 1
description: Of numbers, what lies on the side that fails more often carries it. A pattern of a service counts that service's failures.
*/
with found as (
  select
    p.scope_kind, p.scope, p.shown_as, p.attribute, p.level, p.kind, p.direction, p.with_n, p.with_failed, p.without_n, p.without_failed, p.adjusted_risk,
    n.name, q.lowest, q.highest
  from correlation.risk_pattern as p
  join reports.site_risk_pattern as n
    on n.scope_kind = p.scope_kind and n.scope = p.scope and n.attribute = p.attribute and n.level = p.level
  left join correlation.number_quarter as q
    on
      q.scope_kind = p.scope_kind
      and (p.scope_kind = 'organisation' or q.scope = p.scope)
      and q.attribute = p.attribute
      and q.quarter = case when p.direction = 'more' then q.quarters else 1 end
  where p.verdict = 'found'
),
latest as (
  select period_kind, period_start, period_end, period_label
  from reports.site_period
  where role = 'latest'
),
failed as (
  select
    l.period_kind, f.scope_kind, f.scope, f.attribute, f.level,
    count(*) as failures,
    count(*) filter (
      where case f.kind
        when 'flag' then a.flag = (f.direction = 'more')
        when 'category' then a.category = f.level
        when 'number' then a.number >= f.lowest and a.number <= f.highest
      end
    ) as carrying
  from found as f
  join correlation.deployment_attribute as a on a.attribute = f.attribute
  join correlation.judged_deployment as d on d.wave_id = a.subject and (f.scope_kind = 'organisation' or d.service = f.scope)
  join latest as l on d.live_at >= l.period_start and d.live_at < l.period_end
  where d.is_failure
  group by l.period_kind, f.scope_kind, f.scope, f.attribute, f.level
)
select
  l.period_kind,
  row_number() over (partition by l.period_kind order by f.adjusted_risk desc nulls last, f.scope_kind, f.scope, f.attribute, f.level) as place,
  f.scope_kind,
  f.scope,
  f.name,
  'goes with ' || case f.direction when 'more' then 'more' else 'fewer' end || ' failures over the whole history: ' || format('{:,}', f.with_failed) || ' of ' || format('{:,}', f.with_n)
  || ' with it, ' || format('{:,}', f.without_failed) || ' of ' || format('{:,}', f.without_n) || ' without'
  || case
    when coalesce(t.failures, 0) = 0 then ''
    else '; in ' || l.period_label || ' ' || format('{:,}', t.carrying) || ' of ' || format('{:,}', t.failures) || case t.failures when 1 then ' failure' else ' failures' end
      || case f.direction when 'more' then ' had it' else ' had the other side of it' end
  end
  || '. Association, not cause.' as sentence
from found as f
cross join latest as l
left join failed as t
  on
    t.period_kind = l.period_kind and t.scope_kind = f.scope_kind and t.scope = f.scope and t.attribute = f.attribute and t.level = f.level
order by l.period_kind, place
