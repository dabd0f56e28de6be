/*
title: Periods that pages show
grain: one row per kind and period
description: >
  Half-open. `role` tells the last complete period (latest) and the one that as-of lies in (current) from those before.
*/
with cut as (
  select
    period_kind, period_start, period_end, previous_start, period_label,
    timezone(getvariable('time_zone'), period_start) as local_start,
    row_number() over (partition by period_kind order by period_start desc) as place
  from metrics.period
  where period_kind in ('quarter', 'month', 'week')
),
complete as (
  select period_kind, max(period_start) as period_start
  from cut
  where period_end <= getvariable('as_of')
  group by period_kind
)
select
  c.period_kind,
  c.period_start,
  c.period_end,
  c.previous_start,
  timezone(
    getvariable('time_zone'),
    case when c.period_kind = 'week' then c.local_start - interval 364 day else c.local_start - interval 1 year end
  ) as year_earlier_start,
  case when c.period_kind = 'month' then strftime(c.local_start, '%b %Y') else c.period_label end as period_label,
  case
    when c.period_start = f.period_start then 'latest'
    when c.period_end > getvariable('as_of') then 'current'
    else 'earlier'
  end as role
from cut as c
left join complete as f on f.period_kind = c.period_kind
where c.place <= case c.period_kind when 'quarter' then 40 when 'month' then 36 else 105 end
order by c.period_kind, c.period_start
