/*
title: Identities
grain: one row per source, login, account, address and name
description: How sources call people and bots, who that is and why, and when they first and last did something.
*/
select
  r.source,
  r.login,
  r.account,
  r.email,
  r.name,
  p.person_id,
  p.has_record,
  p.reason,
  p.is_bot,
  p.owner,
  min(r.first_at) as first_at,
  max(r.last_at) as last_at,
  sum(r.records)::bigint as records
from model.reported_identity as r
join model.person_login as p on p.login = r.login
group by r.source, r.login, r.account, r.email, r.name, p.person_id, p.has_record, p.reason, p.is_bot, p.owner
order by r.source, r.login, r.account nulls first, r.email nulls first, r.name nulls first
