/*
title: "Attribute of deployments: lines changed"
grain: one row per production wave of which it is known
description: Lines added and removed by all changes that it first shipped. Unknown where one of them does not say.
*/
select
  s.subject,
  'changed_lines' as attribute,
  null::boolean as flag,
  null::varchar as category,
  sum(c.additions + c.deletions)::double as number
from correlation.carried_change as s
join model.change as c on c.change_id = s.change_id
group by s.subject
having count(*) = count(c.additions + c.deletions)
order by s.subject
