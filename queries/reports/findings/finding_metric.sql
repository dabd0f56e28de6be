/*
title: Figures that clearly moved
grain: one row per kind of period and metric of the organisation or a service that is clearly better or worse in the latest complete period
rule: >
  Clearly = the 95 % interval of the difference leaves out zero (docs/metrics.md, Differences). Why, of a lead time: the stage that moved most the same way. Worse comes before better, the organisation before its services, then the larger factor
version: 2
description: Of an organisation of one service the service is left out, for it says the same. `place_in_scope` counts a service's own.
*/
with moved as (
  select
    f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start, f.basis, f.unit, f.value, f.previous_value,
    f.previous_label || case when b.is_partial then ' (known in part)' else '' end as previous_label, f.n, f.numerator, f.change, f.verdict,
    coalesce(s.title, f.scope) as name
  from reports.site_figure as f
  left join reports.site_figure as b
    on
      b.metric = f.metric and b.scope_kind = f.scope_kind and b.scope = f.scope and b.basis = f.basis and b.period_kind = f.period_kind
      and b.period_end = f.period_start
  left join model.service as s on f.scope_kind = 'service' and s.service = f.scope
  where
    f.role = 'latest'
    and f.verdict in ('better', 'worse')
    and (f.scope_kind = 'organisation' or (f.scope_kind = 'service' and (select count(*) from model.service) > 1))
),
stage as (
  select
    m.scope_kind, m.scope, m.period_kind, t.stage, t.stage_order,
    coalesce(max(case when t.period_start = m.period_start then t.value_seconds end), 0) as now_seconds,
    coalesce(max(case when t.period_start < m.period_start then t.value_seconds end), 0) as before_seconds,
    max(m.change) as change
  from moved as m
  join reports.site_stage as t on t.scope_kind = m.scope_kind and t.scope = m.scope and t.period_kind = m.period_kind
  where m.metric = 'change_lead_time'
  group by m.scope_kind, m.scope, m.period_kind, t.stage, t.stage_order
),
stage_place as (
  select
    scope_kind, scope, period_kind, stage, now_seconds, before_seconds,
    row_number() over (
      partition by scope_kind, scope, period_kind
      order by (now_seconds - before_seconds) * sign(change) desc, stage_order
    ) as place
  from stage
  where (now_seconds - before_seconds) * sign(change) > 0 and now_seconds > 0 and before_seconds > 0
),
reason as (
  select
    p.scope_kind, p.scope, p.period_kind,
    '; most of it in ' || p.stage || ', ' || n.words || ' after ' || b.words as words
  from stage_place as p
  join reports.figure_word as n on n.unit = 'seconds' and n.value = p.now_seconds
  join reports.figure_word as b on b.unit = 'seconds' and b.value = p.before_seconds
  where p.place = 1
),
told as (
  select
    m.*,
    case m.metric
      when 'deployment_frequency' then case when m.change > 0 then 'shipped more often' else 'shipped less often' end
      when 'change_lead_time' then
        case when m.change > 0 then 'needed longer' else 'needed less time' end || ' from first ' || case m.basis when 'merge' then 'merge' else 'commit' end || ' to production'
      when 'change_fail_rate' then case when m.change > 0 then 'failed more often' else 'failed less often' end
      when 'failed_deployment_recovery_time' then case when m.change > 0 then 'took longer to recover' else 'recovered faster' end
      when 'deployment_rework_rate' then case when m.change > 0 then 'had more rework' else 'had less rework' end
    end as what,
    n.words as now_words,
    b.words as before_words,
    coalesce(case when m.metric = 'change_lead_time' then r.words end, '') as why
  from moved as m
  join reports.figure_word as n on n.unit = m.unit and n.value = m.value
  join reports.figure_word as b on b.unit = m.unit and b.value = m.previous_value
  left join reason as r on r.scope_kind = m.scope_kind and r.scope = m.scope and r.period_kind = m.period_kind
)
select
  period_kind,
  row_number() over (
    partition by period_kind
    order by
      case verdict when 'worse' then 0 else 1 end,
      case scope_kind when 'organisation' then 0 else 1 end,
      abs(ln(nullif(value, 0) / nullif(previous_value, 0))) desc nulls first,
      metric,
      scope
  ) as place,
  row_number() over (
    partition by period_kind, scope_kind, scope
    order by
      case verdict when 'worse' then 0 else 1 end,
      abs(ln(nullif(value, 0) / nullif(previous_value, 0))) desc nulls first,
      metric
  ) as place_in_scope,
  verdict,
  metric,
  scope_kind,
  scope,
  name,
  what || ': ' || now_words || ' after ' || before_words || ' in ' || previous_label || why || '.' as sentence
from told
order by period_kind, place
