/*
title: Wilson limits of the quality of links
grain: one row per number of links and right ones among them that occurs in a precision, a recall or a class
rule: 95 % score interval, cut to 0 and 1
source: Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212
version: 1
description: As metrics.wilson_limit, which takes the whole model; this needs no more than links whose cause is known.
*/
with outcome as (
  select accepted as n, correct as hits
  from correlation.link_curve
  union
  select causes as n, correct as hits
  from correlation.link_curve
  union
  select count(*) as n, count(*) filter (where is_true) as hits
  from correlation.judged_link
  group by class
)
select
  n,
  hits,
  round(
    greatest((hits + 1.920729410347062 - 1.959963984540054 * sqrt(hits::double * (n - hits) / n + 0.960364705173531)) / (n + 3.841458820694124), 0), 6
  ) as low,
  round(
    least((hits + 1.920729410347062 + 1.959963984540054 * sqrt(hits::double * (n - hits) / n + 0.960364705173531)) / (n + 3.841458820694124), 1), 6
  ) as high
from outcome
where n > 0
order by n, hits
