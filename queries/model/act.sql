/*
title: Who did what
grain: one row per record and part that somebody has in it
description: >
  Everybody who is named as a person, as they are written there. `happened_at` is null where the record does not say when they did it, or where it is still to come. Writing a change
  counts at its first commit, or when it was opened; that it was merged later is another's doing.
*/
with act as (
  select 'change' as entity, change_id as record_id, 'author' as part, author as login, coalesce(first_commit_at, opened_at, merged_at) as happened_at
  from model.change
  union all
  select 'change', change_id, 'merger', merged_by, merged_at
  from model.change
  union all
  select 'change_review', review_id, 'reviewer', reviewer, submitted_at
  from model.change_review
  union all
  select 'deployment', deployment_id, 'deployer', deployer, started_at
  from model.deployment
  union all
  select 'deployment_approval', approval_id, 'approver', approver, decided_at
  from model.deployment_approval
  union all
  select 'change_request', change_request_id, 'applicant', requested_by, created_at
  from model.change_request
  union all
  select 'change_request', change_request_id, 'owner', owner, null
  from model.change_request
  union all
  select 'change_request_approval', approval_id, 'approver', approver, decided_at
  from model.change_request_approval
  union all
  select entity, source || ':' || native_id, part, login, "at"
  from staging.files_process_act
  where "at" is null or "at" < getvariable('as_of')
  union all
  select 'runbook_revision', source || ':' || id, 'author', author, revised_at
  from staging.git_runbook_revision
  where revised_at < getvariable('as_of')
)
select entity, record_id, part, login, happened_at
from act
where login is not null
order by entity, record_id, part, login, happened_at
