/*
title: Fail rates of teams, services and applications against the rest
grain: one row per team, service and application with a deployment of known outcome
rule: >
  Change fail rate over the whole history with its Wilson interval. It differs from the rest only where Fisher's exact test says so after Holm's
  correction over all of its kind, and where there is enough to test; everything else may be chance
source: Holm, Scand. J. Statist. 6 (1979), 65-70
version: 1
description: >
  In order of name, never of rate: DORA advises against ranking teams, and a small team's rate moves far by chance alone. Teams share services over
  time and services differ in what they are: a difference says where to look, not who is worse.
*/
with tested as (
  select
    g.scope_kind, g.scope, g.with_n, g.with_failed, g.without_n, g.without_failed, f.p,
    g.with_n >= getvariable('minimum_deployments')
    and g.without_n >= getvariable('minimum_deployments')
    and g.with_n::double * (g.with_failed + g.without_failed) / (g.with_n + g.without_n) >= getvariable('minimum_expected')
    and g.without_n::double * (g.with_failed + g.without_failed) / (g.with_n + g.without_n) >= getvariable('minimum_expected') as is_tested
  from correlation.group_count as g
  left join correlation.fisher_p as f
    on f.with_n = g.with_n and f.with_failed = g.with_failed and f.without_n = g.without_n and f.without_failed = g.without_failed
),
ranked as (
  select
    scope_kind, scope, p,
    row_number() over (partition by scope_kind order by p, scope) as place,
    count(*) over (partition by scope_kind) as tests
  from tested
  where is_tested and p is not null
),
corrected as (
  select
    scope_kind, scope, tests,
    least(max(p * (tests - place + 1)) over (partition by scope_kind order by place rows between unbounded preceding and current row), 1) as adjusted_p
  from ranked
),
limited as (
  select
    t.scope_kind, t.scope, t.with_n, t.with_failed, t.without_n, t.without_failed, t.p, c.adjusted_p, c.tests,
    t.with_failed::double / t.with_n as rate,
    t.without_failed::double / nullif(t.without_n, 0) as rest_rate,
    w.low as interval_low,
    w.high as interval_high,
    c.adjusted_p is not null as is_tested
  from tested as t
  join metrics.wilson_limit as w on w.n = t.with_n and w.hits = t.with_failed
  left join corrected as c on c.scope_kind = t.scope_kind and c.scope = t.scope
)
select
  scope_kind,
  scope,
  with_n as n,
  with_failed as failed,
  rate,
  interval_low,
  interval_high,
  without_n as rest_n,
  without_failed as rest_failed,
  rest_rate,
  p,
  adjusted_p,
  case
    when not is_tested then 'not_enough_evidence'
    when adjusted_p > 0.05 then 'no_difference_found'
    when rate > rest_rate then 'more'
    else 'fewer'
  end as verdict,
  case
    when not is_tested then 'Too few deployments to compare: a rate of so few moves far by chance.'
    when adjusted_p > 0.05 then 'Not told apart from the rest: the difference may be chance.'
    when rate > rest_rate then 'More of its deployments fail than of the rest, beyond chance (p ' || format('{:.2g}', adjusted_p) || ' after correction for ' || tests || ' tests).'
    else 'Fewer of its deployments fail than of the rest, beyond chance (p ' || format('{:.2g}', adjusted_p) || ' after correction for ' || tests || ' tests).'
  end as sentence
from limited
order by scope_kind, scope
