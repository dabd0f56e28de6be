/*
title: Exact limits of a Poisson count
grain: one row per count
rule: >
  95 % limits such that the count or more, and the count or fewer, each have a probability of 2.5 %, found by halving; exact
  up to 200, beyond by Wilson and Hilferty's cube-root form of the chi-squared quantile, which is then right to five digits.
source: Garwood, Biometrika 28 (1936), 437-442
version: 1
*/
with recursive counted as (
  select unnest(generate_series(0, 200)) as n
),
side as (
  select n, 'low' as side, n - 1 as terms, 0.975 as target
  from counted
  where n > 0
  union all
  select n, 'high' as side, n as terms, 0.025 as target
  from counted
),
term as (
  select unnest(generate_series(0, 200)) as k
),
halving as (
  select n, side, terms, target, 0.0::double as low, n + 10.0 + 6 * sqrt(n + 1) as high, 0 as step
  from side
  union all
  select
    t.n,
    t.side,
    t.terms,
    t.target,
    case when t.probability > t.target then t.middle else t.low end as low,
    case when t.probability > t.target then t.high else t.middle end as high,
    t.step + 1 as step
  from (
    select
      h.n,
      h.side,
      h.terms,
      h.target,
      h.low,
      h.high,
      h.step,
      (h.low + h.high) / 2 as middle,
      (
        select sum(exp(k.k * ln((h.low + h.high) / 2) - (h.low + h.high) / 2 - lgamma(k.k + 1)))
        from term as k
        where k.k <= h.terms
      ) as probability
    from halving as h
    where h.step < 45
  ) as t
)
select
  c.n::bigint as n,
  coalesce(round(l.low, 9), 0) as low,
  round(h.high, 9) as high
from counted as c
left join halving as l on l.n = c.n and l.side = 'low' and l.step = 45
left join halving as h on h.n = c.n and h.side = 'high' and h.step = 45
order by c.n
