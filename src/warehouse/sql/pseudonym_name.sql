-- Everything by which people are known: as sources write them, by their records, by what they sign with. Bots and addresses that are nobody's own are no people.
-- A name that several people have is none of theirs: it stands for itself. `rank`: what says most surely whose a name is comes first.
with bot as (
  select distinct key
  from model.person_login
  where is_bot
),
named as (
  select l.login as name, l.person_id, 'login' as kind, 1 as rank
  from model.person_login as l
  join model.identity_name as n on n.text = l.login
  where not l.is_bot and not n.is_shared
  union all
  select p.display_name, p.person_id, 'name', 2
  from model.person as p
  where not p.is_bot
  union all
  select p.pseudonym, p.person_id, 'name', 2
  from model.person as p
  where not p.is_bot
  union all
  select i.name, i.person_id, 'name', 3
  from model.identity as i
  join model.identity_name as n on n.text = i.login
  where not i.is_bot and not n.is_shared
  union all
  select a.login, 'named/' || lower(a.login), 'login', 4
  from model.actor as a
  left join model.person_login as l on l.login = a.login
  where l.login is null and not a.is_bot
),
folded as (
  select lower(trim(nfc_normalize(name))) as folded, name, person_id, kind, rank
  from named
  where trim(name) <> ''
),
best as (
  select folded, min(rank) as rank
  from folded
  group by folded
),
owner as (
  select f.folded, count(distinct f.person_id) as people, min(f.person_id) as person_id
  from folded as f
  join best as b on b.folded = f.folded and b.rank = f.rank
  group by f.folded
)
select
  f.name,
  case when o.people = 1 then o.person_id else 'named/' || f.folded end as person,
  min(f.kind) as kind
from folded as f
join owner as o on o.folded = f.folded
where f.folded not in (select key from bot)
group by f.name, case when o.people = 1 then o.person_id else 'named/' || f.folded end
order by f.name, person
