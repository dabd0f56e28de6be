/*
title: Logins and addresses that a source says belong together
grain: one row per source, login and address
description: Addresses that are nobody's own, by configuration, say nothing.
*/
with said as (
  select distinct source, login, email
  from model.reported_identity
  where email is not null
),
of_login as materialized (
  select s.source, n.key as login, s.email
  from said as s
  join model.identity_name as n on n.text = s.login
  where not n.is_shared
),
of_address as materialized (
  select l.source, l.login, n.key as address
  from of_login as l
  join model.identity_name as n on n.text = l.email
  where n.is_address and not n.is_shared
)
select distinct source, login, address
from of_address
where login <> address
order by source, login, address
