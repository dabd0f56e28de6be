/*
title: Pain points of a quarter
grain: one row per team, quarter and pain point
rule: >
  Failures still open; metrics and measures of practices that are clearly worse than in the quarter before (docs/metrics.md, Differences); the longest stage of the lead
  time; the service with the most failures, from two on; the two controls that failed most; patterns found that the quarter's deployments carried; support tickets;
  actions past their day. Nothing else is called one
description: >
  `kind` says which of these, `subject` is the stage, service, control, metric or measure. `value` is of `unit`, `total` what it is a part of, `before` the
  quarter before. `actions` are open ones that mean to move the same metric.
*/
with open_failure as (
  select team, quarter, 'open failures' as kind, min(service_title) as subject, null as reference, null as metric,
    count(*)::double as value, 'count' as unit, max(failures)::double as total, null::double as before, 1 as rank, 1 as place
  from reports.retrospective_failure
  where is_open
  group by team, quarter
),
worse_metric as (
  select team, quarter, 'metric' as kind, metric as subject, metric as reference, metric, value, unit, n::double as total, previous_value as before, 2 as rank, position as place
  from reports.retrospective_metric
  where verdict = 'worse'
),
service_failure as (
  select
    r.team, r.quarter, o.service,
    count(*) filter (where o.is_failure) as failed,
    count(*) as known
  from reports.retrospective_quarter as r
  join metrics.wave_outcome as o on o.outcome = 'known' and o.filed_at >= r.period_start and o.filed_at < r.period_end
  join metrics.scope_member as m
    on
      m.scope_kind = 'team' and m.scope = r.team and m.service = o.service
      and o.filed_at >= m.member_from and o.filed_at < m.member_until
  group by r.team, r.quarter, o.service
),
most_failing as (
  select
    team, quarter, service, failed, known,
    row_number() over (partition by team, quarter order by failed desc, known, service) as choice
  from service_failure
  where failed >= 2
),
failing as (
  select f.team, f.quarter, 'failures' as kind, coalesce(s.title, f.service) as subject, f.service as reference, 'change_fail_rate' as metric,
    f.failed::double as value, 'count' as unit, f.known::double as total, null::double as before, 3 as rank, 1 as place
  from most_failing as f
  left join model.service as s on s.service = f.service
  where f.choice = 1
),
longest as (
  select team, quarter, stage, value_seconds, share, previous_seconds,
    row_number() over (partition by team, quarter order by value_seconds desc, stage_order) as choice
  from reports.retrospective_stage
),
stage as (
  select team, quarter, 'stage' as kind, stage as subject, stage as reference, 'change_lead_time' as metric,
    value_seconds as value, 'seconds' as unit, share as total, previous_seconds as before, 4 as rank, 1 as place
  from longest
  where choice = 1
),
control as (
  select team, quarter, 'control' as kind, title as subject, control as reference, null as metric,
    failed::double as value, 'count' as unit, (passed + failed + unknown)::double as total, previous_failed::double as before, 5 as rank, position as place
  from reports.retrospective_control
  where control is not null and failed > 0 and position <= 2
),
pattern as (
  select team, quarter, 'pattern' as kind, name as subject, attribute as reference, 'change_fail_rate' as metric,
    carried_failed::double as value, 'count' as unit, carried::double as total, null::double as before, 6 as rank, position as place
  from reports.retrospective_pattern
  where carried > 0
),
measure as (
  select
    r.team, r.quarter, m.title, m.measure, n.value, m.unit, n.n, b.value as before,
    row_number() over (partition by r.team, r.quarter order by abs(ln(nullif(n.value, 0) / nullif(b.value, 0))) desc nulls last, m.measure) as place
  from reports.retrospective_quarter as r
  join reports.retrospective_figure as n on n.scope_kind = 'team' and n.scope = r.team and n.period_start = r.period_start
  join practices.measure as m on m.measure = n.metric
  join reports.retrospective_figure as b
    on b.scope_kind = 'team' and b.scope = r.team and b.period_start = r.previous_start and b.metric = n.metric
  where
    n.n >= 6 and b.n >= 6
    and case n.better
      when 'up' then n.value < b.value and power(n.interval_high - n.value, 2) + power(b.value - b.interval_low, 2) < power(n.value - b.value, 2)
      when 'down' then n.value > b.value and power(n.value - n.interval_low, 2) + power(b.interval_high - b.value, 2) < power(n.value - b.value, 2)
      else false
    end
),
worse_measure as (
  select team, quarter, 'measure' as kind, title as subject, measure as reference, measure as metric, value, unit, n::double as total, before, 7 as rank, place
  from measure
  where place <= 3
),
support as (
  select
    r.team, r.quarter, 'support' as kind, coalesce(s.title, t.service) as subject, t.service as reference, null as metric,
    count(*)::double as value, 'count' as unit, null::double as total, null::double as before, 8 as rank,
    row_number() over (partition by r.team, r.quarter order by count(*) desc, t.service) as place
  from reports.retrospective_quarter as r
  join reports.support_ticket as t on t.created_at >= r.period_start and t.created_at < r.period_end
  join metrics.scope_member as m
    on
      m.scope_kind = 'team' and m.scope = r.team and m.service = t.service
      and t.created_at >= m.member_from and t.created_at < m.member_until
  left join model.service as s on s.service = t.service
  group by r.team, r.quarter, t.service, s.title
),
late as (
  select team, quarter, 'action' as kind, title as subject, action_id as reference, metric,
    null::double as value, 'count' as unit, null::double as total, null::double as before, 9 as rank, position as place
  from reports.retrospective_action
  where is_overdue
),
pain as (
  select * from open_failure
  union all
  select * from worse_metric
  union all
  select * from failing
  union all
  select * from stage
  union all
  select * from control
  union all
  select * from pattern
  union all
  select * from worse_measure
  union all
  select * from support where place <= 3
  union all
  select * from late
),
meant as (
  select team, quarter, metric, array_agg(title || ' (' || owner || ')' order by position) as actions
  from reports.retrospective_action
  where status = 'open' and metric is not null
  group by team, quarter, metric
)
select
  p.team,
  p.quarter,
  row_number() over (partition by p.team, p.quarter order by p.rank, p.place, p.subject, p.reference) as position,
  p.kind,
  p.subject,
  p.reference,
  p.metric,
  p.value,
  p.unit,
  p.total,
  p.before,
  r.period_label,
  b.period_label as previous_label,
  case when p.kind = 'action' then [] else coalesce(a.actions, []) end as actions
from pain as p
join reports.retrospective_quarter as r on r.team = p.team and r.quarter = p.quarter
left join reports.site_period as b on b.period_kind = 'quarter' and b.period_start = r.previous_start
left join meant as a on a.team = p.team and a.quarter = p.quarter and a.metric = p.metric
order by p.team, p.quarter, position
