/*
title: Who wrote changes
grain: one row per change and person who wrote in it
description: >
  The author of the change, and authors and co-authors of its commits; who merged wrote nothing by that. `is_doubtful` where it is not certain who is behind the login.
*/
with written as (
  select change_id, author as login
  from model.change
  union all
  select m.change_id, k.author as login
  from model.change_commit as m
  join model.commit as k on k.repository = m.repository and k.sha = m.sha
  where not k.is_merge
  union all
  select m.change_id, k.login
  from model.change_commit as m
  join (select repository, sha, unnest(co_authors) as login from model.commit where not is_merge) as k on k.repository = m.repository and k.sha = m.sha
)
select
  w.change_id,
  coalesce(p.person_id, 'identity/' || w.login) as person_id,
  coalesce(bool_or(p.is_bot), false) as is_bot,
  coalesce(bool_or(p.reason in ('ambiguous', 'shared address')), false) as is_doubtful
from written as w
left join model.person_login as p on p.login = w.login
where w.login is not null
group by w.change_id, coalesce(p.person_id, 'identity/' || w.login)
order by w.change_id, person_id
