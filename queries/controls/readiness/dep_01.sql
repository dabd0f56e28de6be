/*
control: DEP-01
title: Deployment log is complete
question: Does the record of the deployment say who, when, where, what, with what outcome and by which run?
grain: one row per production deployment
rule: >
  Each field listed is there. `artifact` is the commit or version, `run` the pipeline run or an address. Where a log is asked for, an archive holds one of the deployment or its run. What is
  still running is not due
version: 1
units: [deployment]
severity: high
owner: Platform
needs:
  - { of: deployment, as: supporting }
  - { of: archived_record, as: supporting }
parameters:
  fields:
    default: [deployer, started_at, finished_at, environment, artifact, status, run]
    description: What the record must say, of deployer, started_at, finished_at, environment, artifact, status and run.
  running_hours:
    default: 24
    unit: hours
    description: How long a deployment may be said to be running.
  needs_log:
    default: false
    description: Whether an archive must hold the log.
  log_classes:
    default: [deployment log, deployment_log, pipeline log, log]
    description: Classes of archived record that are logs of deployments.
frameworks:
  soc2: [CC7.2]
  iso_27001: ["8.15"]
  pci_dss: ["10.2.2"]
  nist_800_53: [AU-2, AU-3, AU-12]
  hipaa: [164.312(b)]
  gdpr: [5(2), "32"]
  eu_dora_rts: ["12"]
  cfr_21_part_11: [11.10(e)]
remedy: Let the pipeline write what is missing into each deployment record; deployments by hand have no such record.
steps:
  - when: "does not say"
    do: "Add to the record of {unit} what it does not say, at its source, and collect again."
  - when: "no log of it was found"
    do: "If the log is kept, let the archive list it under {unit}. If not, that stays a deviation."
*/
with subject as (
  select d.deployment_id, unnest([d.deployment_id, r.native_id, d.pipeline_run, d.url]) as subject
  from controls.production_deployment as d
  join model.reported_deployment as r on r.deployment_id = d.deployment_id
),
kept as (
  select s.deployment_id, list_sort(list(distinct a.archived_record_id)) as logs
  from subject as s
  join model.archived_record as a on a.subject = s.subject
  where a.disposed_at is null and list_contains(getvariable('dep_01_log_classes'), lower(a.record_class))
  group by s.deployment_id
),
written as (
  select
    d.*,
    coalesce(k.logs, []) as logs,
    getvariable('dep_01_needs_log') and k.deployment_id is null as lacks_log,
    d.status = 'in_progress' and d.occurred_at > getvariable('as_of')::timestamptz - to_hours(getvariable('dep_01_running_hours')) as is_running,
    list_filter(
      [
        case when list_contains(getvariable('dep_01_fields'), 'deployer') and nullif(trim(d.deployer), '') is null then 'who deployed' end,
        case when list_contains(getvariable('dep_01_fields'), 'started_at') and not r.is_start_stated then 'when it began' end,
        case when list_contains(getvariable('dep_01_fields'), 'finished_at') and d.finished_at is null then 'when it ended' end,
        case when list_contains(getvariable('dep_01_fields'), 'environment') and nullif(trim(d.environment), '') is null then 'where' end,
        case when list_contains(getvariable('dep_01_fields'), 'artifact') and nullif(trim(coalesce(d.sha, d.version)), '') is null then 'what was deployed' end,
        case when list_contains(getvariable('dep_01_fields'), 'status') and coalesce(d.status, 'in_progress') = 'in_progress' then 'its outcome' end,
        case when list_contains(getvariable('dep_01_fields'), 'run') and nullif(trim(coalesce(d.pipeline_run, d.url)), '') is null then 'the run that deployed' end
      ],
      lambda gap: gap is not null
    ) as gaps
  from controls.production_deployment as d
  join model.reported_deployment as r on r.deployment_id = d.deployment_id
  left join kept as k on k.deployment_id = d.deployment_id
)
select
  'deployment' as unit_kind,
  deployment_id as unit,
  service,
  environment,
  occurred_at,
  null::timestamptz as due_at,
  case when is_running then 'not_due' when len(gaps) > 0 then 'fail' when lacks_log then 'missing' else 'pass' end as verdict,
  case
    when is_running then 'The deployment is still running.'
    when len(gaps) > 0 then 'The record of the deployment does not say: ' || array_to_string(gaps, ', ') || '.'
    when lacks_log then 'The record of the deployment is complete, but no log of it was found in an archive.'
    else 'The record of the deployment says all that is asked for.'
  end as reason,
  list_concat([deployment_id], logs) as evidence,
  ['archived_record'] as missing,
  []::varchar[] as findings
from written
order by unit
