/*
title: Environments with how they are made, used and kept, and what they cost
grain: one row per environment below production, those that are there first
rule: >
  Idle weeks and cost are those of the last quarter that is over. Drift is what the last scan of the whole environment and of each service in it found that nobody allowed, differences what the last
  comparison with each other environment found that is neither meant nor accepted
version: 1
description: "`is_listed`: one of the forty that the page lists; ephemeral environments that are gone are in the file only. A null is no data."
*/
with period as (
  select period_start, period_end, period_label
  from reports.site_period
  where period_kind = 'quarter' and role = 'latest'
),
named as (
  select environment from model.environment_life
  union
  select environment from model.environment_bill
),
deployed as (
  select environment, count(*) as deployments, max(coalesce(live_at, started_at, finished_at)) as last_deployed_at
  from model.deployment
  group by environment
),
idle as (
  select f.cut as environment, count(*) as weeks, count(*) filter (where f.is_hit) as idle_weeks
  from practices.idle_environments as f
  join period as p on f.occurred_at >= p.period_start and f.occurred_at < p.period_end
  group by f.cut
),
last_scan as (
  select environment, unapproved, row_number() over (partition by environment, service order by scanned_at desc, drift_scan_id desc) as choice
  from model.drift_scan
  where unapproved is not null and scanned_at is not null
),
drift as (
  select environment, sum(unapproved) as open_drift
  from last_scan
  where choice = 1
  group by environment
),
last_comparison as (
  select
    environment, open, accepted,
    row_number() over (partition by environment, compared_with, service order by checked_at desc, configuration_comparison_id desc) as choice
  from model.configuration_comparison
),
difference as (
  select environment, sum(open) as open_differences, sum(accepted) as accepted_differences
  from last_comparison
  where choice = 1
  group by environment
),
accepted as (
  select scope as environment, count(*) as exemptions
  from model.exemption
  where
    control = 'ENV-02'
    and coalesce(valid_from <= getvariable('as_of'), true) and coalesce(valid_until > getvariable('as_of'), true)
  group by scope
),
billed as (
  select b.environment, b.currency, sum((b.amount * 100)::decimal(18, 0)) / 100 as cost
  from model.environment_bill as b
  join period as p on b.month_start >= p.period_start and b.month_start < p.period_end
  group by b.environment, b.currency
),
cost as (
  select environment, string_agg(currency, ', ' order by currency) as currency, case when count(*) = 1 then min(cost) end as cost, count(*) as currencies
  from billed
  group by environment
),
wasted as (
  select f.cut as environment, sum((f.value * 100)::decimal(18, 0)) / 100 as idle_cost
  from practices.idle_cost as f
  join period as p on f.occurred_at >= p.period_start and f.occurred_at < p.period_end
  group by f.cut
),
listed as (
  select
    n.environment, l.kind, coalesce(l.is_ephemeral, false) as is_ephemeral, l.created_at, l.removed_at, l.provisioned_by, l.code,
    row_number() over (order by l.removed_at is not null, coalesce(l.is_ephemeral, false), l.removed_at desc, n.environment) as position
  from named as n
  left join model.environment_life as l on l.environment = n.environment
  where coalesce(l.kind <> 'production', true)
)
select
  l.position,
  l.environment,
  l.kind,
  l.is_ephemeral,
  l.created_at,
  l.removed_at,
  l.provisioned_by,
  l.code,
  coalesce(d.deployments, 0)::bigint as deployments,
  d.last_deployed_at,
  p.period_label,
  i.weeks::bigint as weeks,
  i.idle_weeks::bigint as idle_weeks,
  s.open_drift::bigint as open_drift,
  c.open_differences::bigint as open_differences,
  c.accepted_differences::bigint as accepted_differences,
  coalesce(a.exemptions, 0)::bigint as exemptions,
  b.cost::double as cost,
  b.currency,
  case when b.currencies = 1 then w.idle_cost end::double as idle_cost,
  l.position <= 40 and l.removed_at is null as is_listed
from listed as l
left join period as p on true
left join deployed as d on d.environment = l.environment
left join idle as i on i.environment = l.environment
left join drift as s on s.environment = l.environment
left join difference as c on c.environment = l.environment
left join accepted as a on a.environment = l.environment
left join cost as b on b.environment = l.environment
left join wasted as w on w.environment = l.environment
order by l.position
