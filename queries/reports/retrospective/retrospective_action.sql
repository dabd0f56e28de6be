/*
title: What was decided before, and whether its metric moved
grain: one row per team, quarter and action decided by the retrospective of the quarter before, or earlier and then still open
rule: >
  The metric in the quarter that was looked back on against the quarter of this retrospective, of the service where the action names one, else of the team. It moved
  only where the 95 % interval of the difference leaves out zero (docs/metrics.md, Differences) and both have six facts or more; a target is met or not by the value alone
description: >
  An action without `quarter` was decided by the retrospective of the quarter that was over last on `decided_on`; without either it belongs to none. The owner is a
  role or a team, never a person. Association, not cause: other things changed too.
*/
with calendar as (
  select to_months((quarter_start_month - 1)::integer) as shift
  from model.organisation
),
known_metric as (
  select distinct metric, unit
  from reports.site_figure
  union
  select measure as metric, unit
  from practices.measure
),
dated as (
  select
    a.*,
    coalesce(
      make_date(try_cast(left(a.quarter, 4) as bigint), 3 * try_cast(right(a.quarter, 1) as bigint) - 2, 1) + c.shift,
      date_trunc('quarter', a.decided_on - c.shift) - interval 3 month + c.shift
    ) as decided_for
  from model.action as a
  cross join calendar as c
),
placed as (
  select
    r.team,
    r.quarter,
    a.action_id,
    a.title,
    a.owner_role,
    a.due_on,
    a.status,
    a.closed_on,
    a.service,
    a.metric,
    a.direction,
    a.target,
    a.decided_for,
    timezone(getvariable('time_zone'), a.decided_for) as decided_start,
    r.period_start,
    cast(timezone(getvariable('time_zone'), r.period_end) as date) as ends_on,
    timezone(getvariable('time_zone'), a.decided_for) = r.previous_start as is_last
  from reports.retrospective_quarter as r
  join dated as a on a.team = r.team
  where
    timezone(getvariable('time_zone'), a.decided_for) = r.previous_start
    or (
      timezone(getvariable('time_zone'), a.decided_for) < r.previous_start
      and coalesce(a.closed_on >= cast(timezone(getvariable('time_zone'), r.period_start) as date), coalesce(a.status, 'open') = 'open')
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
    n.interval_high as now_high
  from placed as p
  left join known_metric as k on k.metric = p.metric
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
  coalesce(t.owner_role, o.title, t.team) as owner,
  t.due_on,
  coalesce(t.status, 'open') as status,
  coalesce(t.status, 'open') = 'open' and coalesce(t.due_on < t.ends_on, false) as is_overdue,
  t.is_last,
  strftime(t.decided_for - c.shift, '%Y') || '-Q' || quarter(t.decided_for - c.shift) as decided_for,
  coalesce(s.title, t.service) as service_title,
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
cross join calendar as c
left join model.team as o on o.team = t.team
left join model.service as s on s.service = t.service
order by t.team, t.quarter, position
