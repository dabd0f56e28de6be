/*
title: What is stated of logins and addresses
grain: one row per key that a person record has or a rule places
rule: >
  A person record goes before a rule. Where several records have a key, or rules give different people for it, nothing is known of it: `is_contradicted`.
*/
with record as (
  select key, min(person_id) as person_id, count(*) as persons
  from model.identity_claim
  group by key
),
ruled as (
  select
    u.key,
    min(u.other) as other,
    count(distinct case when c.persons = 1 then c.person_id else 'identity/' || u.other end) as persons,
    min(case when c.persons = 1 then c.person_id else 'identity/' || u.other end) as anchor
  from model.identity_rule as u
  left join record as c on c.key = u.other
  group by u.key
)
select
  coalesce(c.key, u.key) as key,
  case when c.persons = 1 then c.person_id end as person_id,
  case when coalesce(c.persons, u.persons) = 1 then coalesce(c.person_id, u.anchor) end as anchor,
  c.key is null as is_rule,
  coalesce(c.persons, u.persons) > 1 as is_contradicted
from record as c
full join ruled as u on u.key = c.key
order by key
