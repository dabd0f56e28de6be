/*
title: Every bot and service account has an owner
grain: one row per bot without an owner, or whose owner has left
*/
with bot as (
  select p.key, p.person_id, p.owner
  from model.person_login as p
  where p.is_bot
  group by p.key, p.person_id, p.owner
),
occurrence as (
  select n.key, sum(r.records)::bigint as records
  from model.reported_identity as r
  join model.identity_name as n on n.text = r.login
  group by n.key
),
judged as (
  select
    b.key,
    o.records,
    b.owner is null or trim(b.owner) = '' as is_unowned,
    coalesce(w.active_until <= timezone(getvariable('time_zone'), getvariable('as_of')::timestamptz)::date, false) as is_left
  from bot as b
  join occurrence as o on o.key = b.key
  left join model.person_login as l on l.login = b.owner and l.has_record
  left join model.person as w on w.person_id = l.person_id
)
select
  case when is_unowned then 'Bot without an owner' else 'Bot whose owner has left' end as kind,
  key as subject,
  records as rows,
  case when is_unowned then 'Nobody answers for what it does.' else 'Who answered for it has left.' end as effect,
  'Name its owner under `people.bots`, or in its person record.' as remedy,
  ['people', 'bots'] as add_path,
  to_json([{'login': key, 'owner': 'owner'}])::varchar as add_value
from judged
where is_unowned or is_left
order by subject
