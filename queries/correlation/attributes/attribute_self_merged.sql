/*
title: "Attribute of deployments: merged by its author"
grain: one row per production wave of which it is known
description: >
  One of the changes that it first shipped was merged by who wrote it, under whatever login. Unknown where none is known to have been, but of one nobody knows.
*/
with merge as (
  select c.change_id, a.person_id = m.person_id as is_own
  from model.change as c
  left join model.actor as a on a.login = c.author
  left join model.actor as m on m.login = c.merged_by
)
select
  s.subject,
  'self_merged' as attribute,
  bool_or(m.is_own) as flag,
  null::varchar as category,
  null::double as number
from correlation.carried_change as s
join merge as m on m.change_id = s.change_id
group by s.subject
having bool_or(m.is_own) or count(*) = count(m.is_own)
order by s.subject
