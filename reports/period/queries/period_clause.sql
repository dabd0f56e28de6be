/*
title: Clauses and the controls that give evidence for them, with what they found in the period
grain: one row per framework, clause and control; control null where none that is switched on gives evidence for it
rule: Only clauses whose number was compared with the publisher's text leave the house
version: 1
*/
select
  f.framework,
  f.short,
  c.position,
  c.clause,
  c.cited,
  c.title,
  m.control,
  p.title as control_title,
  p.passed,
  p.failed,
  p.unknown,
  p.exempt,
  p.not_applicable + p.not_due as not_judged
from controls.framework_clause as c
join controls.framework as f on f.framework = c.framework
left join controls.control_clause as m on m.framework = c.framework and m.clause = c.clause
left join period_control as p on p.control = m.control
where c.is_verified and (getvariable('period_framework') = '' or c.framework = getvariable('period_framework'))
order by f.framework, c.position, c.clause, m.control
