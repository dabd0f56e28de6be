/*
title: Logins and addresses of the same person
grain: one row per key, other key and reason
rule: By an address that a source gives a login, by the account behind it, or by a rule of the configuration; never by a name alone.
*/
with of_login as materialized (
  select n.key, r.account
  from (select distinct login, account from model.reported_identity where account is not null) as r
  join model.identity_name as n on n.text = r.login
  where not n.is_shared
),
of_account as materialized (
  select l.key, n.key as other
  from of_login as l
  join model.identity_name as n on n.text = l.account
),
pair as (
  select b.login as key, b.address as other, 'address' as reason
  from model.identity_bond as b
  where
    not exists (select 1 from model.identity_doubt as d where d.key = b.address and d.reason = 'address of several logins')
    and not exists (select 1 from model.identity_doubt as d where d.key = b.login and d.reason = 'login of different addresses')
  union
  select key, other, 'address' as reason
  from of_account
  where key <> other
  union
  select u.key, u.other, 'rule' as reason
  from model.identity_rule as u
  join model.identity_statement as s on s.key = u.key and s.is_rule
),
sound as (
  select p.key, p.other, p.reason
  from pair as p
  where
    not exists (select 1 from model.identity_statement as s where s.is_contradicted and s.key = p.key)
    and not exists (select 1 from model.identity_statement as s where s.is_contradicted and s.key = p.other)
)
select key, other, reason
from sound
union
select other as key, key as other, reason
from sound
order by key, other, reason
