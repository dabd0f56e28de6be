/*
control: SOD-04
title: Only permitted identities, only through the pipeline
question: Did it come through a registered pipeline, begun by somebody who may deploy this there?
grain: one row per production deployment
rule: >
  The run that it names is of a pipeline that was registered for its service and environment then. Who began it held a role on that day that may deploy the service there, for the type of its request; no role is needed
  where the pipeline began by itself
version: 1
units: [deployment]
severity: high
owner: Platform engineering
needs:
  - { of: pipeline_run, as: supporting }
  - { of: pipeline_registration, as: supporting }
  - { of: deployment_permission, as: supporting }
  - { of: role_grant, as: supporting }
parameters:
  automated_triggers:
    default: [push, schedule, merge_group, pull_request, merge_request_event, workflow_run, pipeline, parent_pipeline]
    description: What starts a run without anybody who decides to deploy.
frameworks:
  soc2: [CC6.1, CC6.3, CC6.8]
  iso_27001: ["8.2", "8.19", "8.31"]
  pci_dss: ["6.5.3", "6.5.4", "7.2"]
  nist_800_53: [AC-6, CM-5, CM-5(1)]
  hipaa: [164.312(a)(1)]
  cfr_21_part_11: [11.10(d)]
remedy: Deploy through the pipeline only; give the role before it is used, and register the pipeline. If it had to be by hand, record an exemption.
steps:
  - when: "held none of the roles then"
    do: "If that person held one of these roles then, record it with its dates (records of role_grant). If not, that stays a deviation: find out why the system let them, and grant the role or close the way."
  - when: "no permission names"
    do: "Record which roles may deploy this service there (records of deployment_permission)."
  - when: "counts as made by hand"
    do: "If a pipeline made it, let the record of {unit} name the run. If it was made by hand, that stays a deviation: write down why."
  - when: "that the deployment names was not found"
    do: "Have that pipeline run collected."
  - when: "was not registered for"
    do: "Register that pipeline for this service and environment (records of pipeline_registration); if it should not deploy there, close the way."
  - when: "is not recorded"
    do: "Let the record of {unit} say who began it."
  - when: "who is behind the login"
    do: "Say in the records of people whose the login is (docs: people)."
*/
with registered as (
  select t.deployment_id, list_sort(list(p.pipeline_registration_id)) as registrations
  from controls.deployment_trigger as t
  join controls.production_deployment as d on d.deployment_id = t.deployment_id
  join model.pipeline_registration as p on lower(p.workflow) = lower(t.workflow)
  where
    (p.repository is null or p.repository = coalesce(t.repository, d.repository))
    and (p.service is null or p.service = d.service)
    and (p.environment is null or p.environment = d.environment)
    and (p.valid_from is null or p.valid_from <= d.occurred_at)
    and (p.valid_until is null or p.valid_until > d.occurred_at)
  group by t.deployment_id
),
change_type as (
  select q.deployment_id, r.type
  from model.deployment_request as q
  join model.change_request as r on r.change_request_id = q.change_request_id
  where r.type is not null
  group by q.deployment_id, r.type
),
permitted as (
  select d.deployment_id, d.service, d.environment, d.occurred_at, p.deployment_permission_id, p.role
  from controls.production_deployment as d
  join model.deployment_permission as p
    on
      (p.environment is null or p.environment = d.environment)
      and (p.service is null or p.service = d.service)
      and (p.valid_from is null or p.valid_from <= d.occurred_at)
      and (p.valid_until is null or p.valid_until > d.occurred_at)
  left join change_type as c on c.deployment_id = d.deployment_id and c.type = p.change_type
  where p.change_type is null or c.type is not null
),
held as (
  select p.deployment_id, min(p.deployment_permission_id) as permission
  from permitted as p
  join controls.deployment_trigger as t on t.deployment_id = p.deployment_id
  join model.role_grant as g
    on g.role = p.role and coalesce(g.person_id, 'identity/' || g.person) = t.person_id
  where
    (g.granted_from is null or g.granted_from <= p.occurred_at)
    and (g.granted_until is null or g.granted_until > p.occurred_at)
    and (
      g.scope is null or g.scope in (p.service, p.environment)
      or exists (
        select 1 from model.ownership as o
        where o.service = p.service and o.team = g.scope and p.occurred_at >= o.owned_from and p.occurred_at < o.owned_until
      )
    )
  group by p.deployment_id
),
-- Told only of those whose role is in question.
permission as (
  select p.deployment_id, string_agg(distinct p.role, ', ' order by p.role) as roles
  from permitted as p
  left join held as h on h.deployment_id = p.deployment_id
  where h.deployment_id is null
  group by p.deployment_id
),
fact as (
  select
    d.deployment_id,
    t.pipeline_run,
    t.pipeline_run_id,
    t.workflow,
    r.deployment_id is not null as is_registered,
    coalesce(list_contains(getvariable('sod_04_automated_triggers'), t.trigger), false) and r.deployment_id is not null as is_automated,
    t.login is null as is_untold,
    t.is_doubtful,
    h.deployment_id is not null as is_held,
    p.deployment_id is not null as has_permission,
    p.roles,
    list_concat(
      case when t.pipeline_run_id is null then [] else [t.pipeline_run_id] end,
      list_concat(coalesce(r.registrations, []), case when h.permission is null then [] else [h.permission] end)
    ) as evidence
  from controls.production_deployment as d
  join controls.deployment_trigger as t on t.deployment_id = d.deployment_id
  left join registered as r on r.deployment_id = d.deployment_id
  left join permission as p on p.deployment_id = d.deployment_id
  left join held as h on h.deployment_id = d.deployment_id
),
step as (
  select
    *,
    case
      when is_registered then null
      when pipeline_run is null then 'The deployment names no run of a pipeline, so that it counts as made by hand.'
      when pipeline_run_id is null then 'The pipeline run ' || pipeline_run || ' that the deployment names was not found.'
      else 'The pipeline' || coalesce(' ' || workflow, '') || ' that made the deployment was not registered for its service and environment then.'
    end as pipeline_words,
    case
      when is_registered then null
      when pipeline_run_id is null then 'pipeline_run'
      else 'pipeline_registration'
    end as pipeline_missing,
    case
      when is_automated or is_held then null
      when is_untold then 'Who began the deployment is not recorded.'
      when is_doubtful then 'It is not certain who is behind the login that began the deployment.'
      when has_permission then 'Who began the deployment held none of the roles then that may deploy it there: ' || roles || '.'
      else 'No role was found that may deploy it there: no permission names its service, environment and type of change.'
    end as role_words,
    case
      when is_automated or is_held then null
      when is_untold or is_doubtful then 'nobody'
      when has_permission then 'role_grant'
      else 'deployment_permission'
    end as role_missing
  from fact
)
select
  'deployment' as unit_kind,
  d.deployment_id as unit,
  d.service,
  d.environment,
  d.occurred_at,
  null::timestamptz as due_at,
  case
    when s.pipeline_missing is null and s.role_missing is null then 'pass'
    when s.pipeline_missing is null and s.role_missing = 'nobody' then 'unknown'
    else 'missing'
  end as verdict,
  case
    when s.pipeline_words is null and s.role_words is null and s.is_automated then 'The registered pipeline ' || s.workflow || ' began the deployment by itself.'
    when s.pipeline_words is null and s.role_words is null
      then 'The deployment came through the registered pipeline ' || s.workflow || ', begun by somebody who may deploy it there.'
    else concat_ws(' ', s.pipeline_words, s.role_words)
  end as reason,
  s.evidence,
  [coalesce(s.pipeline_missing, s.role_missing)] as missing,
  []::varchar[] as findings
from controls.production_deployment as d
join step as s on s.deployment_id = d.deployment_id
order by unit
