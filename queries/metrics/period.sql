/*
title: Periods
grain: one row per kind and period, from the first known deployment to as-of
rule: days, ISO weeks, months, quarters and years of the organisation are cut in the organisation's time zone; rolling windows are counted back from as-of (design 2, 3)
description: Half-open. A year begins with its first quarter (`quarter_start`). `previous_start` is where the period before begins, of the same kind.
*/
with span as (
  select
    least(min(w.live_at), min(s.active_from)) as first_at,
    getvariable('as_of')::timestamptz as last_at,
    timezone(getvariable('time_zone'), least(min(w.live_at), min(s.active_from))) as first_local,
    timezone(getvariable('time_zone'), getvariable('as_of')::timestamptz) as last_local,
    (min(o.quarter_start_month) - 1)::integer as shift
  from model.organisation as o
  left join model.service as s on true
  left join model.wave as w on w.service = s.service
),
week as (
  select
    'week' as period_kind,
    unnest(generate_series(date_trunc('week', first_local), last_local, interval 7 day)) as local_start,
    0 as months,
    7 as days
  from span
  where first_at < last_at
),
month as (
  select
    'month' as period_kind,
    unnest(generate_series(date_trunc('month', first_local), last_local, interval 1 month)) as local_start,
    1 as months,
    0 as days
  from span
  where first_at < last_at
),
quarter as (
  select
    'quarter' as period_kind,
    unnest(
      generate_series(
        date_trunc('quarter', first_local - to_months(shift)) + to_months(shift),
        last_local,
        interval 3 month
      )
    ) as local_start,
    3 as months,
    0 as days
  from span
  where first_at < last_at
),
year as (
  select
    'year' as period_kind,
    unnest(
      generate_series(
        date_trunc('year', first_local - to_months(shift)) + to_months(shift),
        last_local,
        interval 12 month
      )
    ) as local_start,
    12 as months,
    0 as days
  from span
  where first_at < last_at
),
calendar as (
  select period_kind, local_start, months, days from week
  union all
  select period_kind, local_start, months, days from month
  union all
  select period_kind, local_start, months, days from quarter
  union all
  select period_kind, local_start, months, days from year
),
calendar_period as (
  select
    c.period_kind,
    timezone(getvariable('time_zone'), c.local_start::timestamp) as period_start,
    timezone(getvariable('time_zone'), c.local_start::timestamp + to_months(c.months) + to_days(c.days)) as period_end,
    timezone(getvariable('time_zone'), c.local_start::timestamp - to_months(c.months) - to_days(c.days)) as previous_start,
    case c.period_kind
      when 'week' then strftime(c.local_start, '%G-W%V')
      when 'month' then strftime(c.local_start, '%Y-%m')
      else
        case
          when c.period_kind = 'quarter' then 'Q' || (((month(c.local_start) - 1 - s.shift + 12) % 12) // 3 + 1)::varchar || ' '
          else ''
        end
        || case
          when s.shift = 0 then year(c.local_start)::varchar
          else
            year(c.local_start - to_months(s.shift))::varchar
            || '/'
            || lpad(((year(c.local_start - to_months(s.shift)) + 1) % 100)::varchar, 2, '0')
        end
    end as period_label
  from calendar as c
  cross join span as s
  where timezone(getvariable('time_zone'), c.local_start::timestamp) < s.last_at
),
rolling_step as (
  select
    unnest(generate_series(0, date_diff('second', first_at, last_at) // getvariable('rolling_window'))) as step,
    last_at
  from span
  where first_at < last_at
),
rolling as (
  select
    'rolling' as period_kind,
    last_at - to_seconds((step + 1) * getvariable('rolling_window')) as period_start,
    last_at - to_seconds(step * getvariable('rolling_window')) as period_end,
    last_at - to_seconds((step + 2) * getvariable('rolling_window')) as previous_start,
    'until '
    || strftime(timezone(getvariable('time_zone'), last_at - to_seconds(step * getvariable('rolling_window'))), '%Y-%m-%d')
      as period_label
  from rolling_step
),
everything as (
  select
    'all' as period_kind,
    first_at as period_start,
    last_at as period_end,
    null::timestamptz as previous_start,
    'all' as period_label
  from span
  where first_at < last_at
)
select period_kind, period_start, period_end, previous_start, period_label from calendar_period
union all
select period_kind, period_start, period_end, previous_start, period_label from rolling
union all
select period_kind, period_start, period_end, previous_start, period_label from everything
order by period_kind, period_start
