/*
title: Identities of GitHub
description: >
  Logins. Addresses stand in commits, so that staging.git_identity has them. Who left GitHub is a ghost there, and nobody here.
grain: one row per source and login
*/
with appearance as (
  select source, author as login, opened_at as "at"
  from staging.github_change
  union all
  select source, merged_by as login, merged_at as "at"
  from staging.github_change
  union all
  select source, reviewer as login, submitted_at as "at"
  from staging.github_change_review
  union all
  select source, deployer as login, started_at as "at"
  from staging.github_deployment
  union all
  select source, approver as login, decided_at as "at"
  from staging.github_deployment_approval
  union all
  select source, actor as login, queued_at as "at"
  from staging.github_pipeline_run
  union all
  select source, assignee as login, cast(null as timestamptz) as "at"
  from staging.github_ticket
)
select
  source,
  login,
  cast(null as varchar) as account,
  cast(null as varchar) as email,
  cast(null as varchar) as name,
  ends_with(login, '[bot]') as is_bot,
  min("at") as first_at,
  max("at") as last_at,
  count(*) as records
from appearance
where trim(login) <> '' and login <> 'ghost' and ("at" is null or "at" < getvariable('as_of'))
group by source, login
order by source, login
