/*
title: Identities in commits
description: >
  Authors and co-authors by their address, also of runbooks. Where GitHub says whose account an address is, the account is the login.
grain: one row per source, login, address and name
*/
with appearance as (
  select c.source, g.author_login as login, c.author_email as email, c.author_name as name, coalesce(c.authored_at, c.committed_at) as "at"
  from staging.git_commit as c
  left join staging.github_commit as g on g.source = c.source and g.repository = c.repository and g.sha = c.sha
  union all
  select source, cast(null as varchar) as login, unnest(co_authors) as email, cast(null as varchar) as name, coalesce(authored_at, committed_at) as "at"
  from staging.git_commit
  union all
  select source, author as login, case when contains(author, '@') then author end as email, cast(null as varchar) as name, revised_at as "at"
  from staging.git_runbook_revision
)
select
  source,
  coalesce(login, email) as login,
  cast(null as varchar) as account,
  email,
  nullif(trim(name), '') as name,
  cast(null as boolean) as is_bot,
  min("at") as first_at,
  max("at") as last_at,
  count(*) as records
from appearance
where (login is not null or contains(email, '@')) and ("at" is null or "at" < getvariable('as_of'))
group by source, coalesce(login, email), email, nullif(trim(name), '')
order by source, login, email nulls first, name nulls first
