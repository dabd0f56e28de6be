/*
title: Identities in files
description: Whoever stands in a column for people, as it is written there.
grain: one row per source and login
*/
with appearance as (
  select source, author as login, coalesce(first_commit_at, opened_at, merged_at) as "at"
  from staging.files_change
  union all
  select source, merged_by as login, merged_at as "at"
  from staging.files_change
  union all
  select source, reviewer as login, submitted_at as "at"
  from staging.files_change_review
  union all
  select source, author as login, coalesce(authored_at, committed_at) as "at"
  from staging.files_commit
  union all
  select source, deployer as login, started_at as "at"
  from staging.files_deployment
  union all
  select source, approver as login, decided_at as "at"
  from staging.files_deployment_approval
  union all
  select source, requested_by as login, created_at as "at"
  from staging.files_change_request
  union all
  select source, owner as login, cast(null as timestamptz) as "at"
  from staging.files_change_request
  union all
  select source, approver as login, decided_at as "at"
  from staging.files_change_request_approval
  union all
  select source, actor as login, coalesce(started_at, queued_at) as "at"
  from staging.files_pipeline_run
  union all
  select source, assignee as login, cast(null as timestamptz) as "at"
  from staging.files_ticket
  union all
  select source, actor as login, "at" as "at"
  from staging.files_ticket_transition
  union all
  select source, login, "at"
  from staging.files_process_act
)
select
  source,
  login,
  cast(null as varchar) as account,
  cast(null as varchar) as email,
  cast(null as varchar) as name,
  cast(null as boolean) as is_bot,
  min("at") as first_at,
  max("at") as last_at,
  count(*) as records
from appearance
where trim(login) <> '' and ("at" is null or "at" < getvariable('as_of'))
group by source, login
order by source, login
