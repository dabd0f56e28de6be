/*
title: "Attribute of deployments: files changed"
grain: one row per production wave of which it is known
description: >
  Files touched by all changes that it first shipped, one that two of them touch counted twice. Unknown where one of them does not say.
*/
select
  s.subject,
  'changed_files' as attribute,
  null::boolean as flag,
  null::varchar as category,
  sum(c.files_changed)::double as number
from correlation.carried_change as s
join model.change as c on c.change_id = s.change_id
group by s.subject
having count(*) = count(c.files_changed)
order by s.subject
