/*
title: Figures of the organisation beside their own past and the industry
grain: one row per metric and kind of period, of the latest complete period where it has a value
rule: >
  Own past: the complete periods of that kind with a value, at most 10 years, 12 quarters or rolling windows, 24 months or 52 weeks. `place` counts from the best. Score and mean of the industry on the scale of the quick check,
  0 to 10, higher is better
version: 1
source: DORA, dora.dev, Quick Check, 2025 edition (CC BY 4.0)
*/
with past as (
  select
    metric, period_kind, period_start, role, value,
    row_number() over (partition by metric, period_kind order by period_start desc) as recency
  from reports.site_figure
  where scope_kind = 'organisation' and role <> 'current' and value is not null
),
kept as (
  select
    metric, period_kind, role, value,
    count(*) over (partition by metric, period_kind) as periods,
    rank() over (partition by metric, period_kind order by case metric when 'deployment_frequency' then -value else value end) as place,
    min(value) over (partition by metric, period_kind) as lowest,
    max(value) over (partition by metric, period_kind) as highest
  from past
  where recency <= case period_kind when 'year' then 10 when 'quarter' then 12 when 'rolling' then 12 when 'month' then 24 else 52 end
)
select
  k.metric, k.period_kind, k.periods, k.place, k.lowest, k.highest,
  q.score, q.industry, q.industry_mean, q.period_label as score_label
from kept as k
left join metrics.quick_check as q on q.scope_kind = 'organisation' and q.metric = k.metric
where k.role = 'latest'
order by k.metric, k.period_kind
