/*
title: Quick check
grain: one row per scope and metric
rule: >
  Score from 0 to 10, higher is better: durations (median) and frequency (mean per day) fall on six levels, and level 1 to 6 maps to
  0 to 10; p percent maps to 10 - p / 10. Where two answers of the questionnaire fit, the lower one: "multiple deploys per day" is level 6
  only beyond once per hour (design 3)
version: 1
description: >
  Of the latest rolling window; where that has no data, of the whole history. A month is a twelfth of 365.25 days. An industry that DORA
  does not name is compared with all industries. The industry's mean is self-reported. Best applied to one service at a time.
source: DORA, dora.dev, Quick Check, 2025 edition (CC BY 4.0)
parameters: industry
*/
with latest_window as (
  select scope_kind, scope, max(period_start) as period_start
  from metrics.scope_period
  where period_kind = 'rolling'
  group by scope_kind, scope
),
candidate as (
  select
    m.scope_kind,
    m.scope,
    m.metric,
    m.basis,
    m.period_kind,
    m.period_label,
    m.value,
    row_number() over (
      partition by m.scope_kind, m.scope, m.metric
      order by
        case when m.value is null then 1 else 0 end,
        case when m.period_kind = 'rolling' then 0 else 1 end
    ) as choice
  from metrics.metric as m
  left join latest_window as l on l.scope_kind = m.scope_kind and l.scope = m.scope
  where m.is_headline and (m.period_kind = 'all' or (m.period_kind = 'rolling' and m.period_start = l.period_start))
),
levelled as (
  select
    scope_kind,
    scope,
    metric,
    basis,
    period_kind,
    period_label,
    value,
    case
      when value is null then null
      when metric in ('change_lead_time', 'failed_deployment_recovery_time') then
        case
          when value < 3600 then 6
          when value < 86400 then 5
          when value < 7 * 86400 then 4
          when value < 30.4375::double * 86400 then 3
          when value <= 182.625::double * 86400 then 2
          else 1
        end
      when metric = 'deployment_frequency' then
        case
          when value > 24 then 6
          when value > 1 then 5
          when value > 1::double / 7 then 4
          when value > 1 / 30.4375::double then 3
          when value >= 1 / 182.625::double then 2
          else 1
        end
    end as level
  from candidate
  where choice = 1
),
compared as (
  select industry, metric, mean_score, standard_deviation
  from metrics.benchmark_industry
  where
    industry = getvariable('industry')
    or (
      industry = 'All industries'
      and not exists (select 1 from metrics.benchmark_industry as b where b.industry = getvariable('industry'))
    )
)
select
  l.scope_kind,
  l.scope,
  l.metric,
  l.basis,
  l.period_kind,
  l.period_label,
  l.value as input_value,
  l.level::integer as level,
  case
    when l.metric in ('change_fail_rate', 'deployment_rework_rate') then 10 - 10 * l.value
    else (l.level - 1) * 2::double
  end as score,
  c.industry,
  c.mean_score as industry_mean,
  c.standard_deviation as industry_sd
from levelled as l
join compared as c on c.metric = l.metric
order by l.scope_kind, l.scope, l.metric
