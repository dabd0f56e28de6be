/*
title: Clauses that controls give evidence for
grain: one row per framework, clause and control; control null where no control that is switched on gives evidence for it
*/
select
  c.framework,
  c.position,
  c.clause,
  c.cited,
  c.title,
  c.is_verified,
  m.control
from controls.framework_clause as c
left join controls.control_clause as m on m.framework = c.framework and m.clause = c.clause
order by c.framework, c.position, m.control
