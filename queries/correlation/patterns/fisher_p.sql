/*
title: Fisher's exact test
grain: one row per table of two groups and two outcomes that occurs in a pattern
rule: >
  Two-sided: the probability of all tables of the same margins that are no more probable than the observed one, those within a factor of
  1 + 1e-7 counted as equally probable, as R does
source: Fisher, The Design of Experiments (1935); R, stats::fisher.test
version: 1
description: >
  Not every table of the margins is looked at, or half a million deployments would ask for 40,000 terms a pattern. With d between the observed count and the
  mode and s the standard deviation, counts within 2 d + 12 s + 20 of the mode suffice: terms fall ever faster from the mode outwards, so that beyond the
  observed count another 12 s + 20 leave less than 1e-9 of its own term; and on the other side terms are as improbable as the observed one at 1.72 d at most, where the
  distribution is most skewed (Poisson, nothing observed: (e - 1) d). What is left out changes no digit that is shown.
*/
with crude as (
  select with_n, with_failed, without_n, without_failed
  from correlation.pattern_count
  union
  select with_n, with_failed, without_n, without_failed
  from correlation.group_count
),
margin as (
  select
    with_n, with_failed, without_n, without_failed,
    with_n + without_n as n,
    with_failed + without_failed as failed,
    greatest(0, with_failed + without_failed - without_n) as lowest,
    least(with_n, with_failed + without_failed) as highest,
    ((with_failed + without_failed + 1) * (with_n + 1)) // (with_n + without_n + 2) as mode
  from crude
  where with_n > 0 and without_n > 0
),
reach as (
  select
    with_n, with_failed, without_n, without_failed, n, failed, lowest, highest, mode,
    2 * abs(with_failed - mode)
    + ceil(12 * sqrt(with_n::double * without_n / n * failed / n * (n - failed) / greatest(n - 1, 1)))::bigint + 20 as reach,
    lgamma(with_n + 1) + lgamma(without_n + 1) + lgamma(failed + 1) + lgamma(n - failed + 1) - lgamma(n + 1) as log_margins
  from margin
),
possible as (
  select
    with_n, with_failed, without_n, without_failed, failed, log_margins,
    unnest(generate_series(greatest(lowest, mode - reach), least(highest, mode + reach))) as k
  from reach
),
term as (
  select
    with_n, with_failed, without_n, without_failed,
    log_margins - lgamma(k + 1) - lgamma(with_n - k + 1) - lgamma(failed - k + 1) - lgamma(without_n - failed + k + 1) as log_p,
    log_margins - lgamma(with_failed + 1) - lgamma(with_n - with_failed + 1) - lgamma(without_failed + 1) - lgamma(without_n - without_failed + 1)
      as log_observed
  from possible
)
select
  with_n,
  with_failed,
  without_n,
  without_failed,
  least(format('{:.11e}', sum(exp(log_p)) filter (where log_p <= log_observed + 1e-7))::double, 1) as p
from term
group by with_n, with_failed, without_n, without_failed
order by with_n, with_failed, without_n, without_failed
