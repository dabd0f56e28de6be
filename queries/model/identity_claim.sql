/*
title: Whose logins and addresses the person records say they are
grain: one row per key and person record that has it
*/
with held as (
  select source || ':' || id as person_id, unnest([id] || coalesce(logins, []) || coalesce(emails, [])) as text
  from staging.files_person
)
select distinct n.key, h.person_id
from held as h
join model.identity_name as n on n.text = h.text
order by n.key, h.person_id
