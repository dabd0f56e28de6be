/*
title: People whom nothing but one login tells of
grain: one row per person whose login no record, address or rule joins to another
description: "`spaces` are the sources in which the login occurs, addresses apart from names: two people who share none may be one."
*/
with lone as (
  select login, person_id
  from model.person_login
  where reason = 'alone' and not has_record and not is_bot
),
occurrence as (
  select source, login
  from model.reported_identity
  union
  select source, account as login
  from model.reported_identity
  union
  select source, email as login
  from model.reported_identity
)
select
  l.person_id,
  string_agg(distinct o.source || case when contains(o.login, '@') then ' address' else ' name' end, '; ' order by o.source || case when contains(o.login, '@') then ' address' else ' name' end) as spaces
from lone as l
join occurrence as o on o.login = l.login
group by l.person_id
order by l.person_id
