/*
title: Services
grain: one row per service of quarterdeck.yaml, with its figures of the last complete quarter
audience: leadership
columns:
  service: Name of the service
  title: Name that people read
  repository: Where its code is
  tier: Importance, 1 is highest
  regulated: Regulations that it is in scope of
  upstream: Services that it depends on
  team: Team that owns it at as-of
  first_live_at: When its first known production deployment went live
  last_live_at: End of its last production deployment
  retired_at: When it was retired
  waiting_changes: Changes merged and not in production
  oldest_waiting_seconds: How long the oldest of them has waited at as-of
  open_failures: Failed deployments that are not restored at as-of
  quarter: Last complete quarter, which the figures are of
  deployment_frequency_per_day: Production deployments per day
  deployments: Production deployments
  change_lead_time_seconds: Median lead time of changes
  changes: Changes shipped
  change_fail_ratio: Failed production deployments to those whose outcome is known, from 0 to 1
  known_outcomes: Production deployments whose outcome is known
  failed_deployment_recovery_seconds: Median recovery time of failed deployments
  recoveries: Recoveries
  deployment_rework_ratio: Production deployments that only repair to those whose outcome is known, from 0 to 1
*/
with figure as (
  select
    scope as service,
    max(period_label) as quarter,
    max(case when metric = 'deployment_frequency' then value end) as deployment_frequency_per_day,
    max(case when metric = 'deployment_frequency' then n end) as deployments,
    max(case when metric = 'change_lead_time' then value end) as change_lead_time_seconds,
    max(case when metric = 'change_lead_time' then n end) as changes,
    max(case when metric = 'change_fail_rate' then value end) as change_fail_ratio,
    max(case when metric = 'change_fail_rate' then n end) as known_outcomes,
    max(case when metric = 'failed_deployment_recovery_time' then value end) as failed_deployment_recovery_seconds,
    max(case when metric = 'failed_deployment_recovery_time' then n end) as recoveries,
    max(case when metric = 'deployment_rework_rate' then value end) as deployment_rework_ratio
  from reports.site_figure
  where scope_kind = 'service' and period_kind = 'quarter' and role = 'latest'
  group by scope
)
select
  s.service,
  s.title,
  s.repository,
  s.tier,
  s.regulated,
  s.upstream,
  s.team,
  s.first_live_at,
  s.last_live_at,
  s.retired_at,
  s.waiting as waiting_changes,
  s.oldest_waiting_seconds,
  s.open_failures,
  f.quarter,
  f.deployment_frequency_per_day,
  f.deployments,
  f.change_lead_time_seconds,
  f.changes,
  f.change_fail_ratio,
  f.known_outcomes,
  f.failed_deployment_recovery_seconds,
  f.recoveries,
  f.deployment_rework_ratio
from reports.site_service as s
left join figure as f on f.service = s.service
order by s.service
