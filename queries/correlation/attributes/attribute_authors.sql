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
  count(distinct coalesce(k.person, c.author))::double as number
from correlation.carried_change as s
join model.change as c on c.change_id = s.change_id
left join correlation.known_login as k on k.login = c.author
group by s.subject
having count(*) = count(c.author)
order by s.subject
