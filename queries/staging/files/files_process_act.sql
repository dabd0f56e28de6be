/*
title: Who is named in records of the process
description: >
  In files, beside delivery: who reviewed, rehearsed, copied, booked, approved, or answers for something; with the time at which they did it, where the record
  has it. What is planned or answered for was done at no known time.
grain: one row per source, record and part in it
*/
with act as (
  select source, 'action' as entity, id as native_id, 'owner' as part, owner as login, cast(null as timestamptz) as "at"
  from staging.files_action
  union all
  select source, 'archived_record', id, 'disposer', disposed_by, disposed_at
  from staging.files_archived_record
  union all
  select source, 'booking', id, 'booker', booked_by, cast(null as timestamptz)
  from staging.files_booking
  union all
  select source, 'change_template', id, 'approver', approver, approved_at
  from staging.files_change_template
  union all
  select source, 'data_copy', id, 'actor', actor, copied_at
  from staging.files_data_copy
  union all
  select source, 'exemption', id, 'applicant', requested_by, cast(null as timestamptz)
  from staging.files_exemption
  union all
  select source, 'exemption', id, 'approver', approver, approved_at
  from staging.files_exemption
  union all
  select source, 'masking_job', id, 'actor', actor, coalesce(started_at, finished_at)
  from staging.files_masking_job
  union all
  select source, 'pipeline_registration', id, 'owner', owner, cast(null as timestamptz)
  from staging.files_pipeline_registration
  union all
  select source, 'post_implementation_review', id, 'reviewer', reviewer, held_at
  from staging.files_post_implementation_review
  union all
  select source, 'readiness_review', id, 'reviewer', reviewer, reviewed_at
  from staging.files_readiness_review
  union all
  select source, 'retention_policy', id, 'owner', owner, cast(null as timestamptz)
  from staging.files_retention_policy
  union all
  select source, 'retention_policy', id, 'approver', approver, cast(null as timestamptz)
  from staging.files_retention_policy
  union all
  select source, 'rollback_plan', id, 'author', author, recorded_at
  from staging.files_rollback_plan
  union all
  select source, 'rollback_rehearsal', id, 'actor', actor, coalesce(started_at, finished_at)
  from staging.files_rollback_rehearsal
  union all
  select source, 'runbook_revision', id, 'author', author, revised_at
  from staging.files_runbook_revision
  union all
  select source, 'flag', to_json([name, "at"::varchar])::varchar, 'actor', actor, "at"
  from staging.files_flag
)
select source, entity, native_id, part, login, "at"
from act
where trim(login) <> ''
order by source, entity, native_id, part
