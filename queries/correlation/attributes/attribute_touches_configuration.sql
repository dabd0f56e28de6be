/*
title: "Attribute of deployments: touches configuration"
grain: one row per production wave of which it is known
description: One of the changes that it first shipped does. Unknown where none is known to, but of one nobody knows.
*/
select
  s.subject,
  'touches_configuration' as attribute,
  bool_or(k.touches_configuration) as flag,
  null::varchar as category,
  null::double as number
from correlation.carried_change as s
join correlation.change_kind as k on k.change_id = s.change_id
group by s.subject
having bool_or(k.touches_configuration) or count(*) = count(k.touches_configuration)
order by s.subject
