/*
title: Ranks of the interval of a median
grain: one row per sample size of at least six
rule: >
  Order statistics: the widest pair of ranks k and n + 1 - k with at most 2.5 % of a binomial(n, 1/2) below k on each side;
  exact up to n = 1000, by the normal approximation beyond. None below n = 6, where even the extremes cover less than 95 %.
source: Conover, Practical Nonparametric Statistics, 3rd ed., section 3.2
version: 1
*/
with size as (
  select unnest(generate_series(6, 1000)) as n
),
outcome as (
  -- from nine standard deviations below the middle to one below it; what is left out below is less than 1e-18
  select n, unnest(generate_series(greatest(ceil(n / 2.0 - 4.5 * sqrt(n)), 0)::bigint, floor(n / 2.0 - 0.5 * sqrt(n))::bigint)) as k
  from size
),
cumulative as (
  select
    n,
    k,
    sum(exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) - n * ln(2))) over (
      partition by n order by k rows between unbounded preceding and current row
    ) as probability
  from outcome
)
select
  n::bigint as n,
  (max(k) + 1)::bigint as lower_rank,
  (n - max(k))::bigint as upper_rank
from cumulative
where probability <= 0.025
group by n
order by n
