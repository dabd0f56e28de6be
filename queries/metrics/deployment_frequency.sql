/*
title: Deployment frequency
grain: one row per scope and period
rule: >
  Waves that went live in production per day, over the days from the service's first known deployment (or active_from) to its
  retirement or as-of. Filed by the wave's end. 95 % interval: exact Poisson (design 3)
version: 1
*/
with fact as (
  select p.scope_kind, p.scope, p.period_kind, p.period_start, w.wave_id, w.train
  from model.wave as w
  join metrics.scope_member as m
    on m.service = w.service and w.completed_at >= m.member_from and w.completed_at < m.member_until
  join metrics.scope_period as p
    on
      p.scope_kind = m.scope_kind
      and p.scope = m.scope
      and w.completed_at >= p.period_start
      and w.completed_at < p.period_end
),
counted as (
  select scope_kind, scope, period_kind, period_start, count(*) as waves, count(distinct train) as release_trains
  from fact
  group by scope_kind, scope, period_kind, period_start
),
bounded as (
  select
    p.scope_kind,
    p.scope,
    p.period_kind,
    p.period_start,
    p.days,
    coalesce(c.waves, 0) as waves,
    coalesce(c.release_trains, 0) as release_trains,
    coalesce(
      l.low,
      case
        when c.waves > 0
          then c.waves * power(1 - 1.0 / (9 * c.waves) - 1.959963984540054 / (3 * sqrt(c.waves)), 3)
      end
    ) as low,
    coalesce(
      l.high,
      (c.waves + 1)
      * power(1 - 1.0 / (9 * (c.waves + 1)) + 1.959963984540054 / (3 * sqrt(c.waves + 1)), 3)
    ) as high
  from metrics.scope_period as p
  left join counted as c
    on
      c.scope_kind = p.scope_kind
      and c.scope = p.scope
      and c.period_kind = p.period_kind
      and c.period_start = p.period_start
  left join metrics.poisson_limit as l on l.n = coalesce(c.waves, 0)
)
select
  scope_kind,
  scope,
  period_kind,
  period_start,
  waves::double / days as value,
  waves as n,
  low / days as interval_low,
  high / days as interval_high,
  waves as numerator,
  days as denominator,
  release_trains
from bounded
order by scope_kind, scope, period_kind, period_start
