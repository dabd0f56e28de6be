/*
title: Rollback plans
grain: one row per plan
description: >
  How a release is taken back. A null in a check = nobody said. Instants are UTC.
*/
select
  source || ':' || id as rollback_plan_id,
  id as native_id,
  source,
  change_request,
  service,
  version,
  recorded_at,
  author,
  covers_application,
  covers_configuration,
  covers_database,
  changes_schema,
  database_script,
  coalesce(triggers, []) as triggers,
  coalesce(success_metrics, []) as success_metrics,
  url
from staging.files_rollback_plan
where recorded_at is null or recorded_at < getvariable('as_of')
order by rollback_plan_id
