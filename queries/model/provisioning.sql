/*
title: Provisioning
grain: one row per runner or environment that was asked for
description: >
  Asked for before as-of. `ready_at` is null where it was not ready by then. `service` is that of the run that waits for it where the record names none.
*/
with run as (
  select
    native_id, attempt, pipeline_run_id, service,
    row_number() over (partition by native_id, attempt order by pipeline_run_id) as choice
  from model.pipeline_run
)
select
  p.source || ':' || p.id as provisioning_id,
  p.id as native_id,
  p.source,
  p.kind,
  p.name,
  coalesce(p.service, r.service) as service,
  r.pipeline_run_id,
  p.requested_at,
  case when p.ready_at < getvariable('as_of') then p.ready_at end as ready_at,
  p.url
from staging.files_provisioning as p
left join run as r on r.native_id = p.pipeline_run and r.attempt = coalesce(p.attempt, 1) and r.choice = 1
where p.requested_at < getvariable('as_of')
order by provisioning_id
