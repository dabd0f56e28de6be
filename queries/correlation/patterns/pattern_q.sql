/*
title: Patterns tested, corrected for how many they are
grain: one row per scope and pattern that was tested
rule: >
  q of Benjamini and Hochberg over all patterns tested. Those of the organisation share half of the weight, those of single services the other half, or
  the many of the second kind would bury the few of the first
source: >
  Benjamini and Hochberg, J. R. Statist. Soc. B 57 (1995), 289-300; weights: Genovese, Roeder and Wasserman, Biometrika 93 (2006), 509-524
version: 1
*/
with tested as (
  select scope_kind, scope, attribute, level, p, judged_p, count(*) over () as tests, count(*) over (partition by scope_kind) as tests_of_kind
  from correlation.pattern_test
  where is_tested
),
kind as (
  select count(distinct scope_kind) as kinds
  from tested
),
weighed as (
  select
    t.scope_kind, t.scope, t.attribute, t.level, t.tests,
    t.p * t.tests_of_kind * k.kinds / t.tests as p,
    t.judged_p * t.tests_of_kind * k.kinds / t.tests as judged_p
  from tested as t
  cross join kind as k
),
ranked as (
  select
    scope_kind, scope, attribute, level, tests, p, judged_p,
    row_number() over (order by p, scope_kind, scope, attribute, level) as place,
    row_number() over (order by judged_p, scope_kind, scope, attribute, level) as judged_place
  from weighed
)
select
  scope_kind, scope, attribute, level, tests,
  least(min(p * tests / place) over (order by place desc rows between unbounded preceding and current row), 1) as q_as_counted,
  least(min(judged_p * tests / judged_place) over (order by judged_place desc rows between unbounded preceding and current row), 1) as q
from ranked
order by scope_kind, scope, attribute, level
