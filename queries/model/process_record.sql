/*
title: Records of the process beside delivery
grain: one row per record
description: >
  Rules, reviews, rehearsals, scans, copies and bookings as their sources name services and environments, with the time of those that happened (UTC; null = it is no event). Also what
  is dated after as-of: this list says what was taken in, the relation of each kind what is used.
*/
with record as (
  select source, 'approval_rule' as entity, id as native_id, service, null::varchar as environment, null::timestamptz as happened_at
  from staging.files_approval_rule
  union all
  select source, 'archived_record', id, service, null, coalesce(recorded_at, checked_at)
  from staging.files_archived_record
  union all
  select source, 'booking', id, service, environment, starts_at
  from staging.files_booking
  union all
  select source, 'change_template', id, service, null, approved_at
  from staging.files_change_template
  union all
  select source, 'configuration_comparison', id, service, environment, checked_at
  from staging.files_configuration_comparison
  union all
  select source, 'data_copy', id, service, to_environment, copied_at
  from staging.files_data_copy
  union all
  select source, 'deployment_permission', id, service, environment, null
  from staging.files_deployment_permission
  union all
  select source, 'drift_scan', id, service, environment, scanned_at
  from staging.files_drift_scan
  union all
  select source, 'environment_bill', id, null, environment, recorded_at
  from staging.files_environment_bill
  union all
  select source, 'masking_job', id, service, environment, coalesce(finished_at, started_at)
  from staging.files_masking_job
  union all
  select source, 'moved_date', id, service, null, decided_at
  from staging.files_moved_date
  union all
  select source, 'pinned_version', to_json([service, component, pinned_at::varchar])::varchar, service, null, pinned_at
  from staging.files_pinned_version
  union all
  select source, 'pipeline_registration', id, service, environment, null
  from staging.files_pipeline_registration
  union all
  select source, 'post_implementation_review', id, service, null, held_at
  from staging.files_post_implementation_review
  union all
  select source, 'readiness_review', id, service, null, reviewed_at
  from staging.files_readiness_review
  union all
  select source, 'pipeline_change', id, service, null, changed_at
  from staging.files_pipeline_change
  union all
  select source, 'premortem_risk', id, service, null, written_at
  from staging.files_premortem_risk
  union all
  select source, 'provisioning', id, service, null, requested_at
  from staging.files_provisioning
  union all
  select source, 'retention_policy', id, service, null, null
  from staging.files_retention_policy
  union all
  select source, 'rollback_plan', id, service, null, recorded_at
  from staging.files_rollback_plan
  union all
  select source, 'rollback_rehearsal', id, service, environment, finished_at
  from staging.files_rollback_rehearsal
  union all
  select source, 'rollout_step', id, null, null, started_at
  from staging.files_rollout_step
  union all
  select source, 'runbook_revision', id, service, null, revised_at
  from staging.files_runbook_revision
  union all
  select source, 'service_dependency', to_json([service, upstream, depends_from::varchar])::varchar, service, null, null
  from staging.files_service_dependency
  union all
  select source, 'vendor_wait', id, null, null, started_at
  from staging.files_vendor_wait
  union all
  select source, 'service_traffic', to_json([service, environment, version, starts_at::varchar])::varchar, service, environment, starts_at
  from staging.files_service_traffic
  union all
  select source, 'runbook', id, service, null, revised_at
  from staging.git_runbook_revision
)
select source, entity, native_id, service, environment, happened_at
from record
order by source, entity, native_id
