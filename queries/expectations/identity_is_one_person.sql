/*
title: Every identity is one person's
grain: one row per kind of doubt and what is in doubt
description: None of them joins anybody. `subject` names people and is for the platform engineer's eyes; `effect` and `remedy` do not.
*/
with statement as (
  select s.key, s.is_rule, s.is_contradicted
  from model.identity_statement as s
),
ruled as (
  select
    'Login that rules place differently' as kind,
    u.key || ': ' || string_agg(u.other, ', ' order by u.other) as subject,
    u.key as key,
    'It stands for itself.' as effect,
    'Have one rule of `people.rules` match it, or add it to the record of a person.' as remedy
  from model.identity_rule as u
  join statement as s on s.key = u.key and s.is_rule and s.is_contradicted
  group by u.key
),
doubted as (
  select
    case d.reason when 'address of several logins' then 'Address of several logins' else 'Login of different addresses' end as kind,
    d.key || ' (' || d.names || ')' as subject,
    d.key,
    case d.reason
      when 'address of several logins' then 'It may be a shared mailbox: it joins none of them.'
      else 'Sources give it no common address, so it may be two people''s: no address of it joins anybody.'
    end as effect,
    case d.reason
      when 'address of several logins' then 'List it under `people.shared_addresses`, or add it to the record of the one person that it is.'
      else 'Add login and addresses to the record of the one person that they are, or the login to that of whose it is.'
    end as remedy
  from model.identity_doubt as d
),
member as (
  select g.group_key, g.key, s.person_id
  from model.identity_group as g
  left join model.identity_statement as s on s.key = g.key
),
joined as (
  select
    'Login or address of several people' as kind,
    string_agg(m.key || coalesce(' = ' || m.person_id, ''), ', ' order by m.key) as subject,
    m.group_key as key,
    'Sources say that they belong together, person records that they do not: what no record has stands for itself.' as effect,
    'Add each of them to the record of the person whose it is.' as remedy
  from member as m
  group by m.group_key
  having count(distinct m.person_id) > 1
),
called as (
  select lower(trim(nfc_normalize(i.name))) as name, i.person_id, i.has_record, p.key, i.records
  from model.identity as i
  join model.person_login as p on p.login = i.login
  where not i.is_bot and i.reason <> 'shared address'
  union all
  select lower(trim(nfc_normalize(display_name))) as name, person_id, true as has_record, null as key, 0::bigint as records
  from model.person
  where not is_bot
),
namesake as (
  select
    'Name of several identities' as kind,
    c.name || ': ' || string_agg(distinct coalesce(c.key, c.person_id), ', ' order by coalesce(c.key, c.person_id)) as subject,
    c.name as key,
    'A name alone joins nobody: they count as different people.' as effect,
    'If they are one, add them to one person record; else to one each.' as remedy,
    sum(c.records)::bigint as rows
  from called as c
  where c.name <> ''
  group by c.name
  having count(distinct c.person_id) > 1 and not bool_and(c.has_record)
),
occurrence as (
  select n.key, sum(r.records)::bigint as records
  from (
    select login as text, records from model.reported_identity
    union all
    select email, records from model.reported_identity where email is distinct from login
  ) as r
  join model.identity_name as n on n.text = r.text
  group by n.key
),
doubt as (
  select kind, subject, key, effect, remedy from ruled
  union all
  select kind, subject, key, effect, remedy from doubted
  union all
  select kind, subject, key, effect, remedy from joined
)
select d.kind, d.subject, coalesce(o.records, 0)::bigint as rows, d.effect, d.remedy
from doubt as d
left join occurrence as o on o.key = d.key
union all
select kind, subject, rows, effect, remedy
from namesake
order by kind, subject
