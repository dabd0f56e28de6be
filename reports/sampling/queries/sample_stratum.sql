/*
title: Strata of the sample
grain: one row per stratum
rule: >
  Each stratum gets its share of the sample in proportion to its units, by largest remainder, and one at least. From the smallest stratum on: one whose share would be less than one gets one, and the
  others share the rest in proportion. Ties go to the larger stratum, then by name. A sample is no smaller than the number of strata and no larger than the population
version: 1
parameters: [sample_size]
*/
with counted as (
  select stratum, count(*)::bigint as units
  from sample_unit
  group by stratum
),
ordered as (
  select
    stratum,
    units,
    row_number() over (order by units, stratum) as place,
    (sum(units) over ())::bigint as total,
    count(*) over () as strata,
    coalesce(sum(units) over (order by units, stratum rows between unbounded preceding and 1 preceding), 0)::bigint as before
  from counted
),
asked as (
  select *, least(total, greatest(getvariable('sample_size')::bigint, strata)) as wanted
  from ordered
),
sorted as (
  select
    *,
    min(case when (wanted - place + 1) * units < total - before then 1 else 0 end) over (order by place rows between unbounded preceding and current row) = 1 as is_small
  from asked
),
shared as (
  select
    *,
    wanted - count(*) filter (where is_small) over () as seats,
    (sum(units) filter (where not is_small) over ())::bigint as rest
  from sorted
),
quota as (
  select
    *,
    case when is_small then 1 else seats * units // rest end as base,
    case when is_small then -1 else seats * units % rest end as remainder
  from shared
),
given as (
  select
    *,
    seats - (sum(base) filter (where not is_small) over ())::bigint as left_over,
    row_number() over (order by remainder desc, units desc, stratum) as turn
  from quota
)
select
  stratum,
  units,
  (base + case when not is_small and turn <= left_over then 1 else 0 end)::bigint as sampled,
  total,
  strata,
  wanted::bigint as sample_size,
  getvariable('sample_size')::bigint as asked_size
from given
order by stratum
