/*
title: Every record of the process names what is known
grain: one row per kind of record and unknown service or environment, and per source and kind of link that leads nowhere
rule: Such a record is kept. What asks for proof about a service, environment or change request does not find it there.
*/
with named as (
  select r.entity, 'service' as what, r.service as name
  from model.process_record as r
  where r.service is not null and not exists (select 1 from model.service as s where s.service = r.service)
  union all
  select 'service_dependency', 'upstream service', d.upstream
  from model.service_dependency as d
  where not exists (select 1 from model.service as s where s.service = d.upstream)
  union all
  select r.entity, 'environment', r.environment
  from model.process_record as r
  where
    r.environment is not null
    and not exists (select 1 from model.environment_name as e where e.name = r.environment)
    and not exists (select 1 from model.service as s where s.service = r.environment) -- a shared test service is booked too
),
request as (
  select source, 'readiness_review' as entity, change_request from model.readiness_review
  union all
  select source, 'rollback_plan', change_request from model.rollback_plan
  union all
  select source, 'post_implementation_review', change_request from model.post_implementation_review
  union all
  select source, 'premortem_risk', change_request from model.premortem_risk
),
loose as (
  select r.source, r.entity, 'change request' as what, r.change_request as name
  from request as r
  where
    r.change_request is not null
    and not exists (select 1 from model.change_request_name as c where c.reference = r.change_request)
  union all
  select j.source, 'masking_job', 'data copy', j.data_copy
  from model.masking_job as j
  where
    j.data_copy is not null
    and not exists (select 1 from model.data_copy as c where c.native_id = j.data_copy)
    and not exists (select 1 from model.data_copy as c where c.data_copy_id = j.data_copy)
  union all
  select t.source, 'rollout_step', 'deployment', t.deployment
  from model.rollout_step as t
  where
    not exists (select 1 from model.deployment as d where d.native_id = t.deployment)
    and not exists (select 1 from model.deployment as d where d.deployment_id = t.deployment)
  union all
  select source, 'moved_date', kind, coalesce(milestone, service || ' ' || version, native_id)
  from model.moved_date
  where release_id is null and milestone_id is null
  union all
  select w.source, 'vendor_wait', 'ticket', w.ticket
  from staging.files_vendor_wait as w
  where
    not exists (select 1 from model.ticket as t where t.native_id = w.ticket)
    and not exists (select 1 from model.ticket as t where t.ticket_id = w.ticket)
  union all
  select p.source, 'pinned_version', 'release', p.component || ' ' || p.version
  from model.pinned_version as p
  where not exists (select 1 from model.release as r where r.service = p.component and r.version = p.version)
  union all
  select p.source, 'provisioning', 'pipeline run', p.pipeline_run
  from staging.files_provisioning as p
  where p.pipeline_run is not null and not exists (select 1 from model.pipeline_run as r where r.native_id = p.pipeline_run)
  union all
  select source, 'service_dependency', 'other service', upstream
  from staging.files_service_dependency
  where upstream = service
)
select
  entity || ': ' || what || ' ' || name as subject,
  count(*) as rows,
  'What asks about a known ' || what || ' does not find them.' as effect,
  case
    when what = 'environment' then 'Add ' || name || ' to the names of an environment, or map the value where its file stands.'
    else 'Add ' || name || ' under services, or map the value where its file stands.'
  end as remedy
from named
group by entity, what, name
union all
select
  source || ' ' || entity || ': ' || what as subject,
  count(*) as rows,
  'The ' || what || ' that they name is not there, such as ' || min(name) || '.' as effect,
  'Correct the ' || what || ' in the file, or collect what holds it.' as remedy
from loose
group by source, entity, what
order by subject
