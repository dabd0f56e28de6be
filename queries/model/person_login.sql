/*
title: Who is behind a login
grain: one row per login, account or address, as it is written
rule: >
  A person record that has it says whose it is. Else it belongs to the person of what it is linked to, by address or by rule; linked to nobody that a
  record knows, those that are linked are one person. Where that is not certain it stands for itself.
description: >
  `person_id` is that of a person record, else begins with `identity/`: no source's name has a slash. `reason` says why: person record,
  address, rule, ambiguous, shared address, alone.
*/
with grouped as (
  select
    g.group_key,
    count(distinct s.person_id) as persons,
    min(s.person_id) as person_id
  from model.identity_group as g
  left join model.identity_statement as s on s.key = g.key
  group by g.group_key
),
ruled as (
  select distinct key
  from model.identity_link
  where reason = 'rule'
),
doubtful as (
  select distinct key
  from model.identity_doubt
),
vendor_bot as (
  select distinct n.key
  from model.reported_identity as r
  join model.identity_name as n on n.text = r.login
  where r.is_bot
),
configured_bot as (
  select n.key, min(b.owner) as owner
  from (select distinct key from model.identity_name) as n
  join staging.config_bot as b on n.key like b.pattern escape '\'
  group by n.key
),
placed as (
  select
    n.text as login,
    n.key,
    case
      when s.is_contradicted then 'ambiguous'
      when s.person_id is not null then 'person record'
      when g.persons > 1 then 'ambiguous'
      when g.persons = 1 or g.group_key is not null then case when u.key is null then 'address' else 'rule' end
      when d.key is not null then 'ambiguous'
      when n.is_shared then 'shared address'
      else 'alone'
    end as reason,
    s.person_id as stated_person,
    g.person_id as group_person,
    g.group_key
  from model.identity_name as n
  left join model.identity_statement as s on s.key = n.key
  left join model.identity_group as m on m.key = n.key
  left join grouped as g on g.group_key = m.group_key
  left join ruled as u on u.key = n.key
  left join doubtful as d on d.key = n.key
),
owned as (
  select
    p.login,
    p.key,
    p.reason,
    case
      when p.reason = 'person record' then p.stated_person
      when p.reason in ('address', 'rule') then coalesce(p.group_person, 'identity/' || p.group_key)
      else 'identity/' || p.key
    end as person_id
  from placed as p
)
select
  o.login,
  o.key,
  o.person_id,
  r.person_id is not null as has_record,
  o.reason,
  coalesce(r.stated_bot, v.key is not null or b.key is not null or contains(o.key, '[bot]')) as is_bot,
  coalesce(r.owner, b.owner) as owner
from owned as o
left join model.person as r on r.person_id = o.person_id
left join vendor_bot as v on v.key = o.key
left join configured_bot as b on b.key = o.key
order by o.login
