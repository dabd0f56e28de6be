/*
control: TST-06
title: Gates were not bypassed
question: Did all that must be checked run, without anybody who forced or overrode it?
grain: one row per production deployment
rule: >
  In the last attempt of the run that deployed, no job of those that must succeed was skipped, cancelled or failed; no evidence says that a gate of the deployment was passed by, nor that
  somebody got a change in it past the rules of the branch
version: 1
units: [deployment]
severity: high
owner: Platform engineering
needs:
  - { of: pipeline_run, as: supporting }
  - { of: pipeline_job, as: adverse }
  - { of: evidence, as: adverse }
parameters:
  required_jobs:
    default: [test, tests, unit, integration, acceptance, lint, scan, security, sast, quality, approval, gate]
    description: Words in the names of jobs that must succeed before a deployment.
  kinds:
    default: [gate_bypass, rule_bypass, check_override, forced_deployment]
    description: Kinds of evidence that a gate was passed by.
frameworks:
  soc2: [CC4.1, CC8.1]
  pci_dss: ["6.5.1"]
  nist_800_53: [CM-3, CM-5]
  cfr_21_part_11: [11.10(f)]
  ssdf: [PO.3]
remedy: Find out why the gate was passed by and run what it would have run; if it must happen, record an exemption with a reason and a second person.
steps:
  - when: "jobs that must succeed did not"
    do: "Find out why those jobs were left out, and run them now on what was deployed. That they did not run before stays a deviation."
  - when: "a gate was passed by"
    do: "Ask who passed by the gate and why, write it down, and run now what it would have run. What happened stays a deviation."
  - when: "names no run of a pipeline"
    do: "Let the record of {unit} name its pipeline run."
  - when: "that the deployment names was not found"
    do: "Have that pipeline run collected."
*/
with name as (
  select name, ' ' || regexp_replace(lower(name), '[^\p{L}\p{N}]+', ' ', 'g') || ' ' as words
  from model.pipeline_job
  where name is not null
  group by name
),
word as (
  select lower(unnest(getvariable('tst_06_required_jobs'))) as word
),
required as (
  select distinct n.name
  from name as n
  cross join word as w
  where contains(n.words, ' ' || w.word || ' ')
),
job as (
  select
    t.deployment_id, j.name, j.conclusion, j.pipeline_job_id, t.pipeline_run_id,
    row_number() over (partition by t.deployment_id, j.name order by j.started_at desc nulls last, j.pipeline_job_id desc) as recency
  from controls.deployment_trigger as t
  join model.pipeline_job as j on j.pipeline_run_id = t.pipeline_run_id
  join required as r on r.name = j.name
),
skipped as (
  select
    deployment_id,
    string_agg(name || ' (' || replace(conclusion, '_', ' ') || ')', ', ' order by name) as jobs,
    list_sort(list(pipeline_job_id)) as evidence
  from job
  where recency = 1 and conclusion in ('skipped', 'failure', 'cancelled', 'timed_out')
  group by deployment_id
),
kind as (
  select lower(unnest(getvariable('tst_06_kinds'))) as kind
),
told as (
  select e.evidence_id, k.kind, lower(e.subject) as sha
  from model.evidence as e
  join kind as k on k.kind = lower(e.kind)
),
-- From the few that are told of to the changes: the commits of all deployments are too many to look through.
pushed as (
  select c.change_id, t.evidence_id, t.kind
  from model.change as c
  join told as t on t.sha = c.merge_sha
  union
  select m.change_id, t.evidence_id, t.kind
  from model.change_commit as m
  join told as t on t.sha = m.sha
),
bypassed as (
  select e.deployment_id, e.evidence_id, e.kind
  from controls.deployment_evidence as e
  join kind as k on k.kind = e.kind
  union
  select c.deployment_id, p.evidence_id, p.kind
  from controls.deployment_change as c
  join pushed as p on p.change_id = c.change_id
),
bypass as (
  select
    deployment_id,
    string_agg(distinct replace(kind, '_', ' '), ', ' order by replace(kind, '_', ' ')) as kinds,
    list_sort(list(distinct evidence_id)) as evidence
  from bypassed
  group by deployment_id
)
select
  'deployment' as unit_kind,
  d.deployment_id as unit,
  d.service,
  d.environment,
  d.occurred_at,
  null::timestamptz as due_at,
  case
    when s.deployment_id is not null or b.deployment_id is not null then 'fail'
    when t.pipeline_run_id is null then 'missing'
    else 'pass'
  end as verdict,
  case
    when s.deployment_id is not null or b.deployment_id is not null
      then concat_ws(
        ' ',
        'In the pipeline run' || coalesce(' ' || t.pipeline_run, '') || ' jobs that must succeed did not: ' || s.jobs || '.',
        'A record says that a gate was passed by: ' || b.kinds || '.'
      )
    when t.pipeline_run_id is null and t.pipeline_run is null then 'The deployment names no run of a pipeline, so that nobody can see its gates.'
    when t.pipeline_run_id is null then 'The pipeline run ' || t.pipeline_run || ' that the deployment names was not found, so that nobody can see its gates.'
    else 'No job that must succeed was left out, and nobody is known to have passed by a gate.'
  end as reason,
  list_concat(
    case when t.pipeline_run_id is null then [] else [t.pipeline_run_id] end,
    list_concat(coalesce(s.evidence, []), coalesce(b.evidence, []))
  ) as evidence,
  ['pipeline_run'] as missing,
  []::varchar[] as findings
from controls.production_deployment as d
join controls.deployment_trigger as t on t.deployment_id = d.deployment_id
left join skipped as s on s.deployment_id = d.deployment_id
left join bypass as b on b.deployment_id = d.deployment_id
order by unit
