/*
title: Periods that pages show
grain: one row per kind and period
description: >
  Half-open. `role` tells the last complete period (latest) and the one that as-of lies in (current) from those before. Rolling windows end at
  as-of, so that the newest is complete. A year earlier: 52 weeks; of rolling windows the one that is nearest to a year before, none where windows
  are longer than half a year; none of years, whose period before it is. `is_partial`: the organisation is known for less than all of it, so that counts of it
  cannot be compared.
*/
with cut as (
  select
    period_kind, period_start, period_end, previous_start, period_label,
    timezone(getvariable('time_zone'), period_start) as local_start,
    timezone(getvariable('time_zone'), period_end) as local_end,
    row_number() over (partition by period_kind order by period_start desc) as place
  from metrics.period
  where period_kind <> 'all'
),
complete as (
  select period_kind, max(period_start) as period_start
  from cut
  where period_end <= getvariable('as_of')
  group by period_kind
),
rolling_length as (
  select
    getvariable('rolling_window')::bigint as seconds,
    round(365.25 * 86400 / getvariable('rolling_window'))::bigint as windows_of_a_year,
    case
      when getvariable('rolling_window') % 86400 = 0 then format('{:,}', getvariable('rolling_window') // 86400) || ' days'
      else format('{:,}', ceil(getvariable('rolling_window') / 3600.0)::bigint) || ' hours'
    end as words
)
select
  c.period_kind,
  c.period_start,
  c.period_end,
  c.previous_start,
  case
    when c.period_kind = 'year' then null
    when c.period_kind = 'rolling' then
      case when r.windows_of_a_year >= 2 then c.period_start - to_seconds(r.windows_of_a_year * r.seconds) end
    when c.period_kind = 'week' then timezone(getvariable('time_zone'), c.local_start - interval 364 day)
    else timezone(getvariable('time_zone'), c.local_start - interval 1 year)
  end as year_earlier_start,
  case
    when c.period_kind = 'month' then strftime(c.local_start, '%b %Y')
    when c.period_kind = 'rolling' then r.words || ' to ' || strftime(c.local_end, '%-d %b %Y')
    else c.period_label
  end as period_label,
  case
    when c.period_start = f.period_start then 'latest'
    when c.period_end > getvariable('as_of') then 'current'
    else 'earlier'
  end as role,
  coalesce(o.is_partial, true) as is_partial
from cut as c
cross join rolling_length as r
left join metrics.scope_period as o
  on o.scope_kind = 'organisation' and o.period_kind = c.period_kind and o.period_start = c.period_start
left join complete as f on f.period_kind = c.period_kind
where c.place <= case c.period_kind when 'year' then 10 when 'quarter' then 40 when 'rolling' then 16 when 'month' then 36 else 105 end
order by c.period_kind, c.period_start
