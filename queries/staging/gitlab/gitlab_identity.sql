/*
title: Identities of GitLab
description: >
  Users by their name, with the address that they show. Numbers of users are those of one GitLab, so that `account` says of which source; a
  name that several had one after the other has none. Tokens of projects and groups, service accounts and whom GitLab calls so are bots. Who left is a ghost there,
  and nobody here.
grain: one row per source, login, account, address and name
*/
with record as (
  select source, stream, payload, try_cast(payload ->> '$.created_at' as timestamptz) as created_at
  from staging.gitlab_record
  where stream in ('merge_request', 'deployment', 'pipeline', 'issue', 'release')
),
listed as (
  select r.source, a.value -> '$.user' as user, a.value ->> '$.approved_at' as "at"
  from record as r, json_each(r.payload -> '$.approvals.approved_by') as a
  where r.stream = 'merge_request'
  union all
  select r.source, n.value -> '$.author' as user, n.value ->> '$.created_at' as "at"
  from record as r, json_each(r.payload -> '$.notes') as n
  where r.stream = 'merge_request'
  union all
  select r.source, a.value -> '$.user' as user, a.value ->> '$.created_at' as "at"
  from record as r, json_each(r.payload -> '$.approvals') as a
  where r.stream = 'deployment' and json_type(r.payload -> '$.approvals') = 'ARRAY'
  union all
  -- When somebody was given it, the issue itself does not say.
  select r.source, a.value as user, cast(null as varchar) as "at"
  from record as r, json_each(r.payload -> '$.assignees') as a
  where r.stream = 'issue'
),
appearance as (
  select source, payload -> '$.author' as user, created_at as "at"
  from record
  where stream in ('merge_request', 'issue', 'release')
  union all
  select
    source,
    case when (payload ->> '$.merge_user.username') is not null then payload -> '$.merge_user' else payload -> '$.merged_by' end as user,
    try_cast(payload ->> '$.merged_at' as timestamptz) as "at"
  from record
  where stream = 'merge_request'
  union all
  select
    source,
    case when (payload ->> '$.deployable.user.username') is not null then payload -> '$.deployable.user' else payload -> '$.user' end as user,
    coalesce(try_cast(payload ->> '$.deployable.started_at' as timestamptz), created_at) as "at"
  from record
  where stream = 'deployment'
  union all
  select source, payload -> '$.user' as user, created_at as "at"
  from record
  where stream = 'pipeline'
  union all
  select source, user, try_cast("at" as timestamptz) as "at"
  from listed
),
person as (
  select
    source,
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
numbered as (
  select source, login, case when min(number) = max(number) then source || ' user ' || min(number) end as account
  from person
  group by source, login
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
