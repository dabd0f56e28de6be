/*
title: Industry means of the quick check
grain: one row per industry and metric
description: >
  As published: lead time, frequency and recovery as score, higher is better; change fail rate and rework rate as percent / 10,
  lower is better. `mean_score` puts all five on higher is better. The means are self-reported by those who answered the survey.
source: DORA, dora.dev, Quick Check, 2025 edition, industry metrics (CC BY 4.0)
version: 2025
*/
with published(
  industry, lead_time, lead_time_sd, frequency, frequency_sd, recovery, recovery_sd, fail_rate, fail_rate_sd, rework, rework_sd
) as (
  values
    ('All industries', 5.5, 2.4, 4.8, 2.8, 7.4, 2.1, 1.9, 2.1, 2.2, 2.2),
    ('Retail/Consumer/e-Commerce', 5.9, 2.3, 5.3, 2.7, 7.8, 1.8, 1.7, 2.0, 2.0, 1.9),
    ('Media & Entertainment', 5.8, 2.4, 5.2, 2.7, 7.6, 2.1, 1.8, 1.8, 1.8, 1.7),
    ('Non-profit', 5.9, 2.7, 4.5, 2.6, 7.5, 1.8, 2.2, 2.8, 2.1, 2.5),
    ('Technology', 5.7, 2.4, 4.9, 2.8, 7.4, 2.1, 1.9, 2.0, 2.3, 2.2),
    ('Telecommunications', 5.2, 2.4, 4.7, 2.6, 7.2, 2.3, 2.4, 2.5, 2.6, 2.5),
    ('Other', 5.7, 2.4, 5.0, 2.7, 7.6, 2.0, 1.6, 1.9, 2.0, 2.0),
    ('Education', 5.5, 2.6, 4.5, 2.9, 6.6, 2.6, 2.7, 2.4, 2.9, 2.3),
    ('Financial Services', 5.4, 2.3, 5.1, 2.6, 7.7, 1.9, 1.7, 2.1, 1.9, 1.9),
    ('Healthcare & Pharmaceuticals', 5.0, 2.6, 4.3, 2.8, 7.1, 2.2, 2.5, 2.3, 2.6, 2.4),
    ('Energy', 5.4, 2.5, 4.5, 2.7, 7.2, 1.9, 1.8, 1.8, 2.1, 1.9),
    ('Government', 4.8, 2.6, 4.3, 3.0, 7.0, 2.1, 2.1, 2.2, 2.4, 2.2),
    ('Insurance', 4.8, 2.2, 4.4, 2.5, 7.5, 1.8, 1.7, 2.0, 1.8, 1.9),
    ('Industrials & Manufacturing', 4.9, 2.6, 3.7, 2.7, 6.5, 2.3, 2.0, 1.9, 2.4, 2.3)
),
listed as (
  select industry, 'change_lead_time' as metric, lead_time as published_mean, lead_time_sd as standard_deviation, true as is_higher_better
  from published
  union all
  select industry, 'deployment_frequency', frequency, frequency_sd, true
  from published
  union all
  select industry, 'failed_deployment_recovery_time', recovery, recovery_sd, true
  from published
  union all
  select industry, 'change_fail_rate', fail_rate, fail_rate_sd, false
  from published
  union all
  select industry, 'deployment_rework_rate', rework, rework_sd, false
  from published
)
select
  industry,
  metric,
  published_mean::double as published_mean,
  standard_deviation::double as standard_deviation,
  is_higher_better,
  (case when is_higher_better then published_mean else 10 - published_mean end)::double as mean_score
from listed
order by industry, metric
