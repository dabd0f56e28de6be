/*
title: Masking jobs
grain: one row per job
description: >
  A null in finished_at or outcome = not over. Instants are UTC.
*/
select
  r.source || ':' || r.id as masking_job_id,
  r.id as native_id,
  r.source,
  r.data_copy,
  coalesce(known.environment, r.environment) as environment,
  r.service,
  r.dataset,
  r.method,
  r.started_at,
  r.finished_at,
  r.outcome,
  r.rows_changed,
  r.tool,
  r.actor,
  r.url
from staging.files_masking_job as r
left join model.environment_name as known on known.name = r.environment
where r.started_at is null or r.started_at < getvariable('as_of')
order by masking_job_id
