/*
title: Identities of GitLab
description: >
  Users by their name, with the address that they show. Numbers of users are those of one GitLab, so that `account` says of which source; a
  name that several had one after the other has none, and so has a number that two have at once. Tokens of projects and groups, service accounts and whom GitLab calls so are bots. Who left is a ghost there,
  and nobody here.
grain: one row per source, login, account, address and name
*/
with record as (
  select source, stream, project || ':' || id as record, payload, staging.instant(payload ->> '$.created_at') as created_at
  from staging.gitlab_record
  where stream in ('merge_request', 'deployment', 'pipeline', 'issue', 'release')
),
listed as (
  select r.source, r.stream, r.record, a.value -> '$.user' as user, a.value ->> '$.approved_at' as "at"
  from record as r, json_each(r.payload -> '$.approvals.approved_by') as a
  where r.stream = 'merge_request'
  union all
  select r.source, r.stream, r.record, n.value -> '$.author' as user, n.value ->> '$.created_at' as "at"
  from record as r, json_each(r.payload -> '$.notes') as n
  where r.stream = 'merge_request'
  union all
  select r.source, r.stream, r.record, a.value -> '$.user' as user, a.value ->> '$.created_at' as "at"
  from record as r, json_each(r.payload -> '$.approvals') as a
  where r.stream = 'deployment' and json_type(r.payload -> '$.approvals') = 'ARRAY'
  union all
  -- When somebody was given it, the issue itself does not say.
  select r.source, r.stream, r.record, a.value as user, cast(null as varchar) as "at"
  from record as r, json_each(r.payload -> '$.assignees') as a
  where r.stream = 'issue'
),
appearance as (
  select source, stream, record, payload -> '$.author' as user, created_at as "at"
  from record
  where stream in ('merge_request', 'issue', 'release')
  union all
  select
    source,
    stream,
    record,
    case when (payload ->> '$.merge_user.username') is not null then payload -> '$.merge_user' else payload -> '$.merged_by' end as user,
    staging.instant(payload ->> '$.merged_at') as "at"
  from record
  where stream = 'merge_request'
  union all
  select
    source,
    stream,
    record,
    case when (payload ->> '$.deployable.user.username') is not null then payload -> '$.deployable.user' else payload -> '$.user' end as user,
    coalesce(staging.instant(payload ->> '$.deployable.started_at'), created_at) as "at"
  from record
  where stream = 'deployment'
  union all
  select source, stream, record, payload -> '$.user' as user, created_at as "at"
  from record
  where stream = 'pipeline'
  union all
  select source, stream, record, user, staging.instant("at") as "at"
  from listed
),
person as (
  select
    source,
    stream,
    record,
    user ->> '$.username' as login,
    user ->> '$.id' as number,
    coalesce(nullif(trim(user ->> '$.public_email'), ''), nullif(trim(user ->> '$.email'), '')) as email,
    nullif(trim(user ->> '$.name'), '') as name,
    coalesce(try_cast(user ->> '$.bot' as boolean), false)
      or regexp_matches(lower(user ->> '$.username'), '^((project|group)_[0-9]+_bot([0-9]*|_.*)|service_account_.+)$') as is_bot,
    "at"
  from appearance
  where trim(user ->> '$.username') <> '' and (user ->> '$.username') <> 'ghost' and ("at" is null or "at" < getvariable('as_of'))
),
-- A record is of one instant: what calls two people by one number there is no number of theirs.
unsound as (
  select distinct source, number
  from (
    select source, number
    from person
    where number is not null
    group by source, stream, record, number
    having count(distinct login) > 1
  )
),
numbered as (
  select p.source, p.login, case when min(p.number) = max(p.number) and bool_and(u.number is null) then p.source || ' user ' || min(p.number) end as account
  from person as p
  left join unsound as u on u.source = p.source and u.number = p.number
  group by p.source, p.login
)
select
  p.source,
  p.login,
  case when p.number is not null then n.account end as account,
  p.email,
  p.name,
  bool_or(p.is_bot) as is_bot,
  min(p."at") as first_at,
  max(p."at") as last_at,
  count(*) as records
from person as p
join numbered as n on n.source = p.source and n.login = p.login
group by p.source, p.login, case when p.number is not null then n.account end, p.email, p.name
order by p.source, p.login, account nulls first, p.email nulls first, p.name nulls first
