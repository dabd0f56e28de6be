/*
title: Identities of Jira
description: >
  Reporters, assignees, who moved issues on and who decided. Cloud knows an account and shows its address where the user allows it; Data Center has a
  login. Apps are bots by Jira's own word.
grain: one row per source, login, account, address and name
*/
-- By itself, for beside what follows of it all records would be read to find those.
with asked as materialized (
  select r.source, r.payload -> '$.approvals' as approvals
  from raw.current as r
  join staging.source as s on s.source = r.source and s.collector = 'jira'
  where r.stream = 'approval'
),
appearance as (
  select r.source, r.payload -> '$.fields.reporter' as user, staging.instant(r.payload ->> '$.fields.created') as "at"
  from raw.current as r
  join staging.source as s on s.source = r.source and s.collector = 'jira'
  where r.stream = 'issue'
  union all
  -- When somebody was given it, the issue itself does not say.
  select r.source, r.payload -> '$.fields.assignee' as user, cast(null as timestamptz) as "at"
  from raw.current as r
  join staging.source as s on s.source = r.source and s.collector = 'jira'
  where r.stream = 'issue'
  union all
  select source, author as user, "at"
  from staging.jira_step
  union all
  select r.source, p.value -> '$.approver' as user, staging.instant(a.value ->> '$.completedDate.iso8601') as "at"
  from asked as r,
    json_each(r.approvals) as a,
    json_each(a.value -> '$.approvers') as p
)
select
  source,
  coalesce(user ->> '$.name', user ->> '$.emailAddress', user ->> '$.accountId') as login,
  user ->> '$.accountId' as account,
  user ->> '$.emailAddress' as email,
  user ->> '$.displayName' as name,
  (user ->> '$.accountType') = 'app' as is_bot,
  min("at") as first_at,
  max("at") as last_at,
  count(*) as records
from appearance
where
  coalesce(user ->> '$.name', user ->> '$.emailAddress', user ->> '$.accountId') is not null
  and ("at" is null or "at" < getvariable('as_of'))
group by source, login, account, email, name, user ->> '$.accountType'
order by source, login, account nulls first, email nulls first, name nulls first, is_bot nulls first
