/*
title: Settings and the values that are tried
grain: one row per setting and value
description: >
  `holds` says which deployments a value would hold: those above it, below it, from it on, or, of the observation window, none: there it is what shows
  within. `is_in_force` where configuration has this value now.
*/
with tried (setting, position, title, holds, unit, value) as (
  values
  ('changes', 1, 'Changes in one deployment, at most', 'above', 'changes', 1.0::double),
  ('changes', 1, 'Changes in one deployment, at most', 'above', 'changes', 3),
  ('changes', 1, 'Changes in one deployment, at most', 'above', 'changes', 5),
  ('changes', 1, 'Changes in one deployment, at most', 'above', 'changes', 10),
  ('changed_lines', 2, 'Lines changed by one deployment, at most', 'above', 'lines', 100),
  ('changed_lines', 2, 'Lines changed by one deployment, at most', 'above', 'lines', 200),
  ('changed_lines', 2, 'Lines changed by one deployment, at most', 'above', 'lines', 400),
  ('changed_lines', 2, 'Lines changed by one deployment, at most', 'above', 'lines', 800),
  ('coverage', 3, 'Test coverage, at least', 'below', '%', 60),
  ('coverage', 3, 'Test coverage, at least', 'below', '%', 70),
  ('coverage', 3, 'Test coverage, at least', 'below', '%', 80),
  ('coverage', 3, 'Test coverage, at least', 'below', '%', 90),
  ('reviewers', 4, 'Reviewers of every change, at least', 'below', 'people', 1),
  ('reviewers', 4, 'Reviewers of every change, at least', 'below', 'people', 2),
  ('risk', 5, 'Second approval from this risk on', 'from', 'risk', 1),
  ('risk', 5, 'Second approval from this risk on', 'from', 'risk', 2),
  ('risk', 5, 'Second approval from this risk on', 'from', 'risk', 3),
  ('soak', 6, 'Hours in staging, at least', 'below', 'h', 1),
  ('soak', 6, 'Hours in staging, at least', 'below', 'h', 4),
  ('soak', 6, 'Hours in staging, at least', 'below', 'h', 24),
  ('soak', 6, 'Hours in staging, at least', 'below', 'h', 72),
  ('window', 7, 'Days that a deployment is observed', 'until', 'd', 1),
  ('window', 7, 'Days that a deployment is observed', 'until', 'd', 3),
  ('window', 7, 'Days that a deployment is observed', 'until', 'd', 7),
  ('window', 7, 'Days that a deployment is observed', 'until', 'd', 14)
),
in_force as (
  select 'coverage' as setting, try_cast(value as double) as value
  from controls.control_parameter
  where control = 'TST-03' and name = 'coverage_percent'
  union all
  select 'reviewers' as setting, try_cast(value as double) as value
  from controls.control_parameter
  where control = 'TST-01' and name = 'approvals'
  union all
  select 'window' as setting, getvariable('observation_window')::double / 86400 as value
),
kind as (
  select distinct setting, position, title, holds, unit
  from tried
),
listed as (
  select setting, position, title, holds, unit, value
  from tried
  union
  select k.setting, k.position, k.title, k.holds, k.unit, f.value
  from in_force as f
  join kind as k on k.setting = f.setting
  where f.value is not null
)
select l.setting, l.position, l.title, l.holds, l.unit, l.value, f.setting is not null as is_in_force
from listed as l
left join in_force as f on f.setting = l.setting and f.value = l.value
order by l.position, l.value
