/*
title: "Attribute of deployments: number of authors"
grain: one row per production wave of which it is known
description: People behind the changes that it first shipped, one behind several logins counted once. Unknown where a change names nobody.
*/
select
  s.subject,
  'authors' as attribute,
  null::boolean as flag,
  null::varchar as category,
  count(distinct a.person_id)::double as number
from correlation.carried_change as s
join model.change as c on c.change_id = s.change_id
left join model.actor as a on a.login = c.author
group by s.subject
having count(*) = count(c.author)
order by s.subject
