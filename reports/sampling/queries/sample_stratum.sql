/*
title: Strata of the sample
grain: one row per stratum
rule: >
  Units in scope are drawn from; those out of scope are counted beside. Each stratum gets its share of the sample in proportion to its units, by largest remainder, and one at least. From the smallest stratum on: one whose share would be less than one gets one, and the
  others share the rest in proportion. Ties go to the larger stratum, then by name. A sample is no smaller than the number of strata and no larger than the population in scope. A stratum without a unit in scope gets none
version: 2
parameters: [sample_size]
*/
with tally as (
  select
    stratum,
    (count(*) filter (where is_in_scope))::bigint as units,
    (count(*) filter (where not is_in_scope))::bigint as out_of_scope
  from sample_unit
  group by stratum
),
counted as (
  select stratum, units
  from tally
  where units > 0
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
  t.stratum,
  t.units,
  t.out_of_scope,
  coalesce(base + case when not is_small and turn <= left_over then 1 else 0 end, 0)::bigint as sampled,
  coalesce(total, 0)::bigint as total,
  coalesce(strata, 0)::bigint as strata,
  coalesce(wanted, 0)::bigint as sample_size,
  getvariable('sample_size')::bigint as asked_size
from tally as t
left join given as g on g.stratum = t.stratum
order by t.stratum
