/*
title: Logins and addresses that join nothing
grain: one row per reason and key
rule: >
  An address that several logins of one source have may be a shared mailbox. A login that two sources give no common address to may be
  two people's. Neither joins anybody until a person record or a rule says whose they are.
*/
with bond as (
  select
    b.source,
    b.login,
    b.address,
    coalesce(l.anchor, b.login) as login_anchor,
    coalesce(a.anchor, 'identity/' || b.address) as address_anchor,
    a.person_id is not null as is_vouched,
    l.person_id is not null as is_known
  from model.identity_bond as b
  left join model.identity_statement as l on l.key = b.login
  left join model.identity_statement as a on a.key = b.address
),
crowded as (
  select source, address, count(distinct login) as others, string_agg(distinct login, ', ' order by login) as names
  from bond
  where not is_vouched
  group by source, address
  having count(distinct login_anchor) filter (where login_anchor <> address_anchor) > 1
),
said as (
  select distinct login, source
  from bond
  where not is_known
),
agreement as (
  select distinct a.login, a.source, b.source as other
  from bond as a
  join bond as b on b.login = a.login and b.source > a.source and b.address_anchor = a.address_anchor
),
contested as (
  select a.login
  from said as a
  join said as b on b.login = a.login and b.source > a.source
  left join agreement as g on g.login = a.login and g.source = a.source and g.other = b.source
  where g.login is null
  group by a.login
)
select 'address of several logins' as reason, address as key, string_agg(source || ': ' || names, '; ' order by source) as names
from crowded
group by address
union all
select 'login of different addresses' as reason, c.login as key, string_agg(distinct b.source || ': ' || b.address, '; ' order by b.source || ': ' || b.address) as names
from contested as c
join bond as b on b.login = c.login
group by c.login
order by reason, key
