/*
title: "Attribute of deployments: dependency updates only"
grain: one row per production wave of which it is known
description: All changes that it first shipped update dependencies. No as soon as one does not; unknown where no such one is known, but not all are.
*/
select
  s.subject,
  'dependency_only' as attribute,
  bool_and(k.is_dependency) as flag,
  null::varchar as category,
  null::double as number
from correlation.carried_change as s
join correlation.change_kind as k on k.change_id = s.change_id
group by s.subject
having not bool_and(k.is_dependency) or count(*) = count(k.is_dependency)
order by s.subject
