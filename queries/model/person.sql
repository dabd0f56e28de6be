/*
title: People
grain: one row per human or bot that a person record knows
description: A record that does not say whether it is a bot leaves `stated_bot` empty.
*/
select
  p.source || ':' || p.id as person_id,
  p.display_name,
  coalesce(p.is_bot, false) as is_bot,
  p.is_bot as stated_bot,
  p.owner,
  p.pseudonym,
  p.active_from,
  p.active_until,
  list_distinct(list_concat(coalesce(p.logins, []), coalesce(p.emails, []), [p.id])) as logins
from staging.files_person as p
order by person_id
