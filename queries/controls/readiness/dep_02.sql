/*
control: DEP-02
title: Validated straight after deployment
question: Was it found healthy within minutes of its end, or taken back?
grain: one row per production deployment
rule: >
  A probe (smoke or synthetic test, health check) of the service in that environment, or of this deployment, passed within the minutes after its end, and none failed that did not pass later
  within them. Else a rollback followed: within the hours where a probe failed, within the minutes where none ran. What never went live needs none
version: 1
units: [deployment]
severity: high
owner: Platform
needs:
  - { of: test_result, as: supporting }
  - { of: evidence, as: supporting }
parameters:
  minutes:
    default: 30
    unit: minutes
    description: Time after the end within which a probe must have run.
  rollback_hours:
    default: 24
    unit: hours
    description: Time after the end within which a rollback answers a probe that failed.
  kinds:
    default: [smoke, smoke_test, synthetic, synthetic_test, health, health_check, healthcheck, post, post_deployment, probe, validation]
    description: Kinds of test result and of evidence that are probes.
  passed_words:
    default: [passed, pass, success, successful, succeeded, ok, healthy, green]
    description: Outcomes of a probe that are good.
frameworks:
  cobit: [BAI07.06, BAI07.07]
  soc2: [A1.2, CC8.1]
  iso_27001: ["8.16", "8.29"]
  nist_800_53: [CM-3(2), CM-4(2)]
  eu_dora_rts: [17(1)(a)]
remedy: Let the pipeline probe the service when the deployment has ended, and roll back where a probe fails.
steps:
  - when: "no rollback followed"
    do: "Check now whether the service is well. That nothing followed in time stays a deviation: write down why."
  - when: "are allowed"
    do: "That stays a deviation; let the pipeline check right after it deploys."
  - when: "No smoke test or health check"
    do: "If it was checked, have that collected (a test result of kind smoke, or evidence of kind health_check, with time, outcome and environment). If not, check now; that it was not done in time stays a deviation."
*/
with ended as (
  select
    d.*,
    r.native_id,
    e.wave as wave_name,
    greatest(coalesce(d.finished_at, d.occurred_at), d.occurred_at) as ended_at
  from controls.production_deployment as d
  join model.reported_deployment as r on r.deployment_id = d.deployment_id
  left join model.environment as e on e.environment = d.environment
  where d.live_at is not null
),
-- Probes are looked for in two slots of time beside the end, so that they are joined by equality.
slotted as (
  select *, unnest([epoch(ended_at)::bigint // (getvariable('dep_02_minutes') * 60 + 1), epoch(ended_at)::bigint // (getvariable('dep_02_minutes') * 60 + 1) + 1]) as slot
  from ended
),
test_probe as (
  select
    t.test_result_id as record_id,
    t.service,
    coalesce(n.environment, t.environment) as environment,
    t.sha,
    t.version,
    t.suite as name,
    t.finished_at as happened_at,
    lower(t.outcome) as outcome,
    epoch(t.finished_at)::bigint // (getvariable('dep_02_minutes') * 60 + 1) as slot
  from model.test_result as t
  left join model.environment_name as n on n.name = t.environment
  where list_contains(getvariable('dep_02_kinds'), lower(t.kind)) and t.finished_at is not null
),
evidence_probe as (
  select
    evidence_id as record_id, service, subject, kind as name, occurred_at as happened_at, lower(outcome) as outcome,
    epoch(occurred_at)::bigint // (getvariable('dep_02_minutes') * 60 + 1) as slot
  from model.evidence
  where list_contains(getvariable('dep_02_kinds'), lower(kind)) and occurred_at is not null
),
subject as (
  select deployment_id, service, ended_at, slot, unnest([deployment_id, native_id, sha, version, service, service || '@' || version]) as subject
  from slotted
),
near as (
  select d.deployment_id, p.record_id, p.name, p.happened_at, p.outcome, d.ended_at
  from slotted as d
  join test_probe as p on p.service = d.service and p.slot = d.slot
  where
    p.environment in (d.environment, d.wave_name)
    or (p.environment is null and (p.sha = d.sha or p.version = d.version))
  union
  select s.deployment_id, p.record_id, p.name, p.happened_at, p.outcome, s.ended_at
  from subject as s
  join evidence_probe as p on p.subject = s.subject and p.slot = s.slot and (p.service is null or p.service = s.service)
),
probe as (
  select deployment_id, record_id, name, happened_at, list_contains(getvariable('dep_02_passed_words'), outcome) as is_passed
  from near
  where happened_at >= ended_at and happened_at <= ended_at + to_minutes(getvariable('dep_02_minutes')) and outcome is not null
),
named as (
  select
    deployment_id,
    name,
    max(happened_at) filter (where is_passed) as passed_at,
    max(happened_at) filter (where not is_passed) as failed_at
  from probe
  group by deployment_id, name
),
outcome as (
  select
    deployment_id,
    min(passed_at) as passed_at,
    bool_or(coalesce(failed_at >= coalesce(passed_at, failed_at), false)) as is_failed,
    min(name) filter (where failed_at >= coalesce(passed_at, failed_at)) as failed_name
  from named
  group by deployment_id
),
record as (
  select deployment_id, list_sort(list(record_id)) as records
  from probe
  group by deployment_id
),
late as (
  select s.deployment_id, min(p.happened_at) as late_at, min_by(p.record_id, struct_pack(a := p.happened_at, b := p.record_id)) as late_id
  from (select deployment_id, ended_at, unnest([deployment_id, native_id]) as subject from ended) as s
  join evidence_probe as p on p.subject = s.subject
  where p.happened_at > s.ended_at + to_minutes(getvariable('dep_02_minutes'))
  group by s.deployment_id
),
judged as (
  select
    d.*,
    greatest(coalesce(d.finished_at, d.occurred_at), d.occurred_at) as ended_at,
    o.passed_at,
    coalesce(o.is_failed, false) as is_failed,
    'A smoke test or health check' || coalesce(' (' || left(nullif(trim(o.failed_name), ''), 100) || ')', '') || ' failed after the deployment' as failed_words,
    f.rolled_back_at,
    l.late_at,
    list_filter(list_concat(coalesce(r.records, []), [f.rollback_wave_id, case when r.records is null then l.late_id end]), lambda record: record is not null) as evidence
  from controls.production_deployment as d
  left join outcome as o on o.deployment_id = d.deployment_id
  left join record as r on r.deployment_id = d.deployment_id
  left join late as l on l.deployment_id = d.deployment_id
  left join controls.failed_deployment as f on f.deployment_id = d.deployment_id
),
timed as (
  select
    *,
    coalesce(is_failed and rolled_back_at <= ended_at + to_hours(getvariable('dep_02_rollback_hours')), false) as is_answered,
    coalesce(passed_at is null and rolled_back_at <= ended_at + to_minutes(getvariable('dep_02_minutes')), false) as is_taken_back
  from judged
)
select
  'deployment' as unit_kind,
  deployment_id as unit,
  service,
  environment,
  occurred_at,
  case when live_at is not null then ended_at + to_minutes(getvariable('dep_02_minutes')) end as due_at,
  case
    when status = 'in_progress' then 'not_due'
    when live_at is null then 'not_applicable'
    when is_answered or is_taken_back then 'pass'
    when is_failed then
      case when getvariable('as_of')::timestamptz < ended_at + to_hours(getvariable('dep_02_rollback_hours')) then 'not_due' else 'fail' end
    when passed_at is not null then 'pass'
    when getvariable('as_of')::timestamptz < ended_at + to_minutes(getvariable('dep_02_minutes')) then 'not_due'
    when late_at is not null then 'fail'
    else 'missing'
  end as verdict,
  case
    when status = 'in_progress' then 'The deployment is still running.'
    when live_at is null then 'The deployment never went live.'
    when is_answered then failed_words || ', which was rolled back ' || (date_diff('second', ended_at, rolled_back_at) // 60) || ' min after it ended.'
    when is_taken_back then 'The deployment was rolled back ' || (date_diff('second', ended_at, rolled_back_at) // 60) || ' min after it ended.'
    when is_failed and getvariable('as_of')::timestamptz < ended_at + to_hours(getvariable('dep_02_rollback_hours'))
      then failed_words || '; a rollback may follow until ' || strftime(timezone(getvariable('time_zone'), ended_at + to_hours(getvariable('dep_02_rollback_hours'))), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || '.'
    when is_failed then failed_words || ', and no rollback followed within ' || getvariable('dep_02_rollback_hours') || ' hours.'
    when passed_at is not null then 'A smoke test or health check passed ' || (date_diff('second', ended_at, passed_at) // 60) || ' min after the deployment ended.'
    when getvariable('as_of')::timestamptz < ended_at + to_minutes(getvariable('dep_02_minutes'))
      then 'The deployment ended less than ' || getvariable('dep_02_minutes') || ' minutes ago.'
    when late_at is not null
      then 'The first smoke test or health check ran ' || (date_diff('second', ended_at, late_at) // 60) || ' min after the deployment ended; ' || getvariable('dep_02_minutes') || ' are allowed.'
    else 'No smoke test or health check with an outcome was found from the ' || getvariable('dep_02_minutes') || ' minutes after the deployment ended ('
      || strftime(timezone(getvariable('time_zone'), ended_at), '%Y-%m-%d %H:%M') || ' to '
      || strftime(timezone(getvariable('time_zone'), ended_at + to_minutes(getvariable('dep_02_minutes'))), '%H:%M') || ' ' || getvariable('time_zone') || ').'
  end as reason,
  evidence,
  ['evidence', 'test_result'] as missing,
  []::varchar[] as findings
from timed
order by unit
