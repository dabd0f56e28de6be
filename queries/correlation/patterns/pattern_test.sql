/*
title: Patterns tested
grain: one row per scope and pattern
rule: >
  Tested where each of the two groups has enough deployments, and would have enough failures if the attribute meant nothing; both are asked of what is
  known before anybody looks at who failed. The p that a pattern is judged by is the largest of its tests: within services, within services
  and halves, over days, over weeks, and Fisher's where only one service has both groups
version: 1
*/
with p_of as (
  select
    scope_kind, scope, attribute, level,
    max(p) filter (where test = 'trend') as trend_p,
    max(p) filter (where test = 'within services') as within_p,
    max(p) filter (where test = 'within services and halves') as halves_p,
    max(p) filter (where test = 'over days') as days_p,
    max(p) filter (where test = 'over weeks') as weeks_p,
    max(p) filter (where test <> 'trend') as largest_p
  from correlation.pattern_p
  group by scope_kind, scope, attribute, level
)
select
  c.scope_kind,
  c.scope,
  c.attribute,
  c.level,
  coalesce(p.trend_p, f.p) as p,
  p.within_p,
  p.halves_p,
  p.days_p,
  p.weeks_p,
  greatest(p.largest_p, case when a.strata = 1 and p.trend_p is null then f.p end) as judged_p,
  c.is_enough
  and a.strata > 0
  and p.largest_p is not null as is_tested
from correlation.pattern_count as c
join correlation.pattern_adjusted as a
  on a.scope_kind = c.scope_kind and a.scope = c.scope and a.attribute = c.attribute and a.level = c.level
left join correlation.fisher_p as f
  on f.with_n = c.with_n and f.with_failed = c.with_failed and f.without_n = c.without_n and f.without_failed = c.without_failed
left join p_of as p on p.scope_kind = c.scope_kind and p.scope = c.scope and p.attribute = c.attribute and p.level = c.level
order by c.scope_kind, c.scope, c.attribute, c.level
