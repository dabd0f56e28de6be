/*
title: People
grain: one row per human or bot
*/
select
  p.source || ':' || p.id as person_id,
  p.display_name,
  coalesce(p.is_bot, false) as is_bot,
  p.owner,
  p.pseudonym,
  list_distinct(list_concat(coalesce(p.logins, []), coalesce(p.emails, []), [p.id])) as logins
from staging.files_person as p
order by person_id
