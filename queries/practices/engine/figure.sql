/*
title: Figures of measures
grain: one row per measure, scope, cut and period in which it has a fact; cut null = all of them, months and quarters of the organisation's calendar
rule: >
  Facts are filed by when they occurred, a team has those of the days on which it owned the service, and facts that name no service count
  for the organisation only. 95 % intervals: Wilson for a share, order statistics for a median from n = 6 on, none for the others
version: 1
description: >
  `hits` are the facts that a share counts. Cuts are told for the organisation by quarter only, so that a name that a source makes up does not
  make a period of its own for every team.
source: Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212; Conover, Practical Nonparametric Statistics, 3rd ed., section 3.2
*/
with calendar as (
  select name as organisation, quarter_start_month - 1 as shifted, to_months((quarter_start_month - 1)::integer) as shift
  from model.organisation
),
fact as (
  select
    f.measure, m.statistic, f.service, f.occurred_at, f.value, f.is_hit, f.cut, c.organisation,
    date_trunc('month', timezone(getvariable('time_zone'), f.occurred_at)) as local_month,
    date_trunc('quarter', timezone(getvariable('time_zone'), f.occurred_at) - c.shift) + c.shift as local_quarter
  from practices.measured as f
  join practices.measure as m on m.measure = f.measure
  cross join calendar as c
  where f.occurred_at < getvariable('as_of')
),
scoped as (
  select measure, statistic, 'organisation' as scope_kind, organisation as scope, null as cut, 'month' as period_kind, local_month as local_start, value, is_hit
  from fact
  union all
  select measure, statistic, 'organisation', organisation, null, 'quarter', local_quarter, value, is_hit
  from fact
  union all
  select measure, statistic, 'organisation', organisation, cut, 'quarter', local_quarter, value, is_hit
  from fact
  where cut is not null
  union all
  select f.measure, f.statistic, m.scope_kind, m.scope, null, 'month', f.local_month, f.value, f.is_hit
  from fact as f
  join metrics.scope_member as m
    on m.service = f.service and f.occurred_at >= m.member_from and f.occurred_at < m.member_until and m.scope_kind <> 'organisation'
  union all
  select f.measure, f.statistic, m.scope_kind, m.scope, null, 'quarter', f.local_quarter, f.value, f.is_hit
  from fact as f
  join metrics.scope_member as m
    on m.service = f.service and f.occurred_at >= m.member_from and f.occurred_at < m.member_until and m.scope_kind <> 'organisation'
),
counted as (
  select
    measure, statistic, scope_kind, scope, cut, period_kind, local_start,
    count(*) as n,
    count(*) filter (where is_hit) as hits,
    percentile_cont(0.5) within group (order by value) filter (where statistic = 'median') as middle,
    -- of whole numbers: a sum of fractions differs with the order in which it is made
    sum(try_cast(round(value * 10000) as bigint))::double / 10000 as total,
    array_agg(value order by value) filter (where statistic = 'median') as sorted
  from scoped
  group by measure, statistic, scope_kind, scope, cut, period_kind, local_start
),
ranked as (
  select
    c.measure, c.statistic, c.scope_kind, c.scope, c.cut, c.period_kind, c.local_start, c.n, c.hits, c.middle, c.total, c.sorted,
    coalesce(r.lower_rank, floor((c.n - 1.959963984540054 * sqrt(c.n)) / 2)::bigint) as lower_rank,
    coalesce(r.upper_rank, ceil(1 + (c.n + 1.959963984540054 * sqrt(c.n)) / 2)::bigint) as upper_rank
  from counted as c
  left join metrics.median_rank as r on r.n = c.n
)
select
  r.measure,
  r.scope_kind,
  r.scope,
  r.cut,
  r.period_kind,
  case
    when r.period_kind = 'month' then strftime(r.local_start, '%Y-%m')
    when c.shifted = 0 then 'Q' || quarter(r.local_start) || ' ' || year(r.local_start)
    else
      'Q' || quarter(r.local_start - c.shift) || ' ' || year(r.local_start - c.shift) || '/'
      || lpad(((year(r.local_start - c.shift) + 1) % 100)::varchar, 2, '0')
  end as period_label,
  timezone(getvariable('time_zone'), r.local_start) as period_start,
  timezone(getvariable('time_zone'), r.local_start + case r.period_kind when 'month' then interval 1 month else interval 3 month end) as period_end,
  timezone(getvariable('time_zone'), r.local_start - case r.period_kind when 'month' then interval 1 month else interval 3 month end) as previous_start,
  r.n::bigint as n,
  case when r.statistic = 'share' then r.hits end::bigint as hits,
  case r.statistic
    when 'median' then r.middle
    when 'mean' then r.total / r.n
    when 'share' then r.hits::double / r.n
    when 'sum' then r.total
    else r.n
  end::double as value,
  case r.statistic
    when 'share'
      then greatest((r.hits + 1.920729410347062 - 1.959963984540054 * sqrt(r.hits::double * (r.n - r.hits) / r.n + 0.960364705173531)) / (r.n + 3.841458820694124), 0)
    when 'median' then case when r.n >= 6 then r.sorted[r.lower_rank] end
  end::double as interval_low,
  case r.statistic
    when 'share'
      then least((r.hits + 1.920729410347062 + 1.959963984540054 * sqrt(r.hits::double * (r.n - r.hits) / r.n + 0.960364705173531)) / (r.n + 3.841458820694124), 1)
    when 'median' then case when r.n >= 6 then r.sorted[r.upper_rank] end
  end::double as interval_high
from ranked as r
cross join calendar as c
order by r.measure, r.scope_kind, r.scope, r.cut nulls first, r.period_kind, period_start
