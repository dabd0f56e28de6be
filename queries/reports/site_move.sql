/*
title: Teams and services that clearly moved
grain: one row per team or service, metric, period and comparison of reports.site_comparison in which it is clearly better or worse
rule: Clearly = the 95 % interval of the difference leaves out zero (docs/metrics.md, Differences). The larger factor comes first; of each period, kind of scope and comparison at most 12
version: 1
*/
with pair as (
  select
    metric, unit, scope_kind, scope, period_kind, period_start, 'before' as against, value, n, previous_value as against_value, change, verdict
  from reports.site_figure
  union all
  select
    metric, unit, scope_kind, scope, period_kind, period_start, 'year earlier', value, n, year_earlier, year_earlier_change, year_earlier_verdict
  from reports.site_figure
),
ranked as (
  select
    p.metric, p.unit, p.scope_kind, p.scope, p.period_kind, p.period_start, c.period_label, c.role, p.against, c.against_label, p.value, p.against_value,
    p.change, p.verdict,
    row_number() over (
      partition by p.period_kind, p.period_start, p.scope_kind, p.against
      order by abs(ln(nullif(p.value, 0) / nullif(p.against_value, 0))) desc nulls first, p.metric, p.scope
    ) as place
  from pair as p
  join reports.site_comparison as c
    on c.period_kind = p.period_kind and c.period_start = p.period_start and c.scope_kind = p.scope_kind and c.against = p.against
  where p.verdict in ('better', 'worse')
)
select
  r.period_kind, r.period_start, r.period_label, r.role, r.scope_kind, r.scope,
  coalesce(t.title, s.title, r.scope) as title,
  r.against, r.against_label, r.place, r.metric, r.unit, r.value, r.against_value, r.change, r.verdict
from ranked as r
left join model.team as t on r.scope_kind = 'team' and t.team = r.scope
left join model.service as s on r.scope_kind = 'service' and s.service = r.scope
where r.place <= 12
order by r.period_kind, r.period_start desc, r.scope_kind desc, r.against desc, r.place
