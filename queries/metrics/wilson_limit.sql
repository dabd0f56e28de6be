/*
title: Wilson limits of a ratio
grain: one row per number of facts and hits among them that occurs in a rate
rule: 95 % score interval, cut to 0 and 1
source: Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212
version: 1
*/
with outcome as (
  select known as n, known_failed as hits
  from metrics.scope_outcome
  union
  select known as n, known_rework as hits
  from metrics.scope_outcome
  union
  select n, failed as hits
  from metrics.weekday_count
  union
  select with_n as n, with_failed as hits
  from correlation.group_count
)
select
  n,
  hits,
  greatest(
    (hits + 1.920729410347062 - 1.959963984540054 * sqrt(hits::double * (n - hits) / n + 0.960364705173531))
    / (n + 3.841458820694124),
    0
  ) as low,
  least(
    (hits + 1.920729410347062 + 1.959963984540054 * sqrt(hits::double * (n - hits) / n + 0.960364705173531))
    / (n + 3.841458820694124),
    1
  ) as high
from outcome
where n > 0
order by n, hits
