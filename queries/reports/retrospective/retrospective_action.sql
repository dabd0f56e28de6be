/*
title: What was decided before, and whether its metric moved
grain: one row per team, quarter and action decided by the retrospective of the quarter before, or earlier and then still open
rule: >
  The metric in the quarter that was looked back on against the quarter of this retrospective, of the service where the action names one, else of the team. It moved
  only where the 95 % interval of the difference leaves out zero (docs/metrics.md, Differences) and both have six facts or more; a target is met or not by the value alone
description: >
  The owner is a role or a team, never a person. Association, not cause: other things changed too. Whether an action was carried out is not known from here. A team
  that took over or gave up services since is not comparable with itself.
*/
with placed as (
  select
    r.team,
    r.quarter,
    a.action_id,
    a.title,
    a.owner,
    a.due_on,
    a.status,
    a.closed_on,
    a.service,
    a.service_title,
    a.metric,
    a.direction,
    a.target,
    a.quarter as decided_for,
    a.decided_on,
    a.decided_start,
    r.period_start,
    r.period_end,
    cast(timezone(getvariable('time_zone'), r.period_end) as date) as ends_on,
    a.decided_start = r.previous_start as is_last
  from reports.retrospective_quarter as r
  join reports.retrospective_dated_action as a on a.team = r.team
  where
    a.decided_start = r.previous_start
    or (
      a.decided_start < r.previous_start
      and coalesce(a.closed_on >= cast(timezone(getvariable('time_zone'), r.period_start) as date), a.status = 'open')
    )
),
compared as (
  select
    p.*,
    k.unit,
    coalesce(p.direction, n.better, b.better) as wanted,
    k.metric is not null as is_known_metric,
    b.period_label as before_label,
    b.value as before_value,
    b.n as before_n,
    b.hits as before_hits,
    b.interval_low as before_low,
    b.interval_high as before_high,
    n.period_label as now_label,
    n.value as now_value,
    n.n as now_n,
    n.hits as now_hits,
    n.interval_low as now_low,
    n.interval_high as now_high,
    p.service is null and exists (
      select 1
      from reports.team_takeover as o
      where o.team = p.team and o.happened_at > p.decided_start and o.happened_at < p.period_end
    ) as is_remade
  from placed as p
  left join reports.retrospective_action_metric as k on k.metric = p.metric
  left join reports.retrospective_figure as b
    on
      b.metric = p.metric and b.period_start = p.decided_start
      and b.scope_kind = case when p.service is null then 'team' else 'service' end and b.scope = coalesce(p.service, p.team)
  left join reports.retrospective_figure as n
    on
      n.metric = p.metric and n.period_start = p.period_start
      and n.scope_kind = case when p.service is null then 'team' else 'service' end and n.scope = coalesce(p.service, p.team)
),
told as (
  select
    *,
    case
      when metric is null then 'no metric'
      when not is_known_metric then 'unknown metric'
      when before_value is null or now_value is null then 'no data'
      when is_remade then 'not comparable'
      when before_n < 6 or now_n < 6 or before_low is null or now_low is null then 'too few'
      when now_value > before_value and power(now_value - now_low, 2) + power(before_high - before_value, 2) < power(now_value - before_value, 2) then 'up'
      when now_value < before_value and power(now_high - now_value, 2) + power(before_value - before_low, 2) < power(now_value - before_value, 2) then 'down'
      else 'unclear'
    end as moved
  from compared
)
select
  t.team,
  t.quarter,
  row_number() over (partition by t.team, t.quarter order by t.is_last desc, t.decided_for desc, t.action_id) as position,
  t.action_id,
  t.title,
  t.owner,
  t.due_on,
  t.status,
  t.status = 'open' and coalesce(t.due_on < t.ends_on, false) as is_overdue,
  t.is_last,
  t.decided_for,
  t.decided_on,
  t.service_title,
  t.metric,
  t.unit,
  t.wanted,
  t.target,
  t.before_label,
  t.before_value,
  t.before_n,
  t.before_hits,
  t.before_low,
  t.before_high,
  t.now_label,
  t.now_value,
  t.now_n,
  t.now_hits,
  t.now_low,
  t.now_high,
  case
    when t.moved in ('up', 'down') and t.wanted is null then 'moved'
    when t.moved = t.wanted then 'as meant'
    when t.moved in ('up', 'down') then 'other way'
    else t.moved
  end as verdict,
  case
    when t.target is null or t.now_value is null or t.wanted is null then null
    when t.wanted = 'up' then t.now_value >= t.target
    else t.now_value <= t.target
  end as is_target_met
from told as t
order by t.team, t.quarter, position
