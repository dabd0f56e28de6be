/*
control: PIR-03
title: Failed change is tied to a classified incident
question: Does each failed deployment have its incident, and does each incident that a change caused say what it was?
grain: one row per production deployment, and one per incident
rule: >
  A deployment that failed or was rolled back is the stated cause of an incident, or was declared to be without impact. An incident that a deployment caused names a cause, a severity, a service and
  a classification from the standard list. Where the link is only inferred nobody knows
version: 1
units: [deployment, incident]
severity: medium
owner: Incident management
needs:
  - { of: incident, as: supporting }
  - { of: evidence, as: supporting }
parameters:
  no_impact_kinds:
    default: [no_impact, no_user_impact]
    description: Kinds of evidence that declare a failed deployment without impact.
frameworks:
  cobit: [DSS02, DSS03]
  soc2: [CC7.3, CC7.4, CC7.5]
  iso_27001: ["5.25", "5.26", "5.27"]
  nist_800_53: [IR-4, IR-5]
  hipaa: [164.308(a)(6)(ii)]
  gdpr: [33(5)]
  eu_dora: ["17", "18"]
remedy: Name the deployment in the incident, or declare that it had no impact; fill in cause, severity, service and classification.
steps:
  - when: "no incident names it"
    do: "Name the deployment in its incident (`caused_by`), or record that users were not affected (evidence of kind no_impact with the deployment as its subject)."
  - when: "only because of place and time"
    do: "Look at the incident and confirm or reject the link (docs: incident-links), or name the deployment in the incident."
  - when: "whose record lacks"
    do: "Fill in what the record of the incident lacks."
*/
with accepted as (
  select incident_id, wave_id, class in ('stated', 'strong') or is_confirmed as is_sure
  from correlation.incident_link
  where is_accepted
),
failed as (
  select
    f.*, d.environment, d.occurred_at, d.wave_id, d.sha, d.version, r.native_id,
    case when not f.is_failed_attempt then 'The deployment was rolled back' when f.rolled_back_at is null then 'The deployment failed' else 'The deployment failed and was rolled back' end as words
  from controls.failed_deployment as f
  join controls.production_deployment as d on d.deployment_id = f.deployment_id
  join model.reported_deployment as r on r.deployment_id = f.deployment_id
),
stated_cause as (
  select incident_id, service, unnest(caused_by) as reference
  from model.incident
),
tie as (
  select f.deployment_id, a.incident_id, a.is_sure
  from failed as f
  join accepted as a on a.wave_id = f.wave_id
  union
  select f.deployment_id, c.incident_id, true as is_sure
  from (select deployment_id, unnest([deployment_id, native_id]) as reference from failed) as f
  join stated_cause as c on c.reference = f.reference
  union
  select f.deployment_id, c.incident_id, true as is_sure
  from (select deployment_id, service, unnest([sha, version]) as reference from failed where is_failed_attempt) as f
  join stated_cause as c on c.reference = f.reference and c.service = f.service
),
tied as (
  select deployment_id, bool_or(is_sure) as is_sure, list_sort(list(distinct incident_id)) as incidents
  from tie
  group by deployment_id
),
declared as (
  select f.deployment_id, list_sort(list(distinct e.evidence_id)) as declarations
  from (select deployment_id, unnest([deployment_id, native_id]) as subject from failed) as f
  join model.evidence as e on e.subject = f.subject
  where list_contains(getvariable('pir_03_no_impact_kinds'), lower(e.kind))
  group by f.deployment_id
),
cause as (
  select incident_id, wave_id as deployment_id, is_sure
  from accepted
  union
  select incident_id, deployment_id, is_sure
  from tie
  where is_sure
),
caused as (
  select incident_id, bool_or(is_sure) as is_sure, list_sort(list(distinct deployment_id)) as deployments
  from cause
  group by incident_id
),
described as (
  select
    i.incident_id,
    i.service,
    i.started_at,
    c.incident_id is not null as is_caused,
    coalesce(c.is_sure, false) as is_sure,
    coalesce(c.deployments, []) as deployments,
    list_filter(
      [
        case when nullif(trim(i.cause), '') is null and len(i.caused_by) = 0 then 'its cause' end,
        case when nullif(trim(i.severity), '') is null then 'its severity' end,
        case when s.service is null then 'a service that is known' end,
        case k.standing when 'missing' then 'its classification' when 'not on the list' then 'a classification from the standard list' end
      ],
      lambda gap: gap is not null
    ) as gaps
  from model.incident as i
  join model.incident_classification as k on k.incident_id = i.incident_id
  left join model.service as s on s.service = i.service
  left join caused as c on c.incident_id = i.incident_id
)
select
  'deployment' as unit_kind,
  d.deployment_id as unit,
  d.service,
  d.environment,
  d.occurred_at,
  f.failed_at as due_at,
  case
    when f.deployment_id is null then case when d.status = 'in_progress' then 'not_due' else 'not_applicable' end
    when t.is_sure or n.deployment_id is not null then 'pass'
    when t.deployment_id is not null then 'unknown'
    else 'missing'
  end as verdict,
  case
    when f.deployment_id is null and d.status = 'in_progress' then 'The deployment is still running.'
    when f.deployment_id is null then 'The deployment neither failed nor was it rolled back.'
    when t.is_sure then f.words || ', and an incident names it as its cause.'
    when n.deployment_id is not null then f.words || ', and was declared to be without impact.'
    when t.deployment_id is not null then f.words || '; ' || t.incidents[1] || ' is taken for its incident only because of place and time: neither names the other.'
    else f.words || ', but no incident names it, and nobody recorded that users were not affected'
      || coalesce(' (evidence of kind ' || nullif(array_to_string(getvariable('pir_03_no_impact_kinds'), ' or '), '') || ')', '') || '.'
  end as reason,
  list_concat(coalesce(t.incidents, []), coalesce(n.declarations, [])) as evidence,
  ['evidence', 'incident'] as missing,
  []::varchar[] as findings
from controls.production_deployment as d
left join failed as f on f.deployment_id = d.deployment_id
left join tied as t on t.deployment_id = d.deployment_id
left join declared as n on n.deployment_id = d.deployment_id
union all
select
  'incident' as unit_kind,
  incident_id as unit,
  service,
  null as environment,
  started_at as occurred_at,
  null::timestamptz as due_at,
  case when not is_caused then 'not_applicable' when not is_sure then 'unknown' when len(gaps) = 0 then 'pass' else 'fail' end as verdict,
  case
    when not is_caused then 'No deployment is taken for the cause of the incident.'
    when not is_sure then 'The deployment ' || deployments[1] || ' is taken for the cause only because of place and time: neither the incident nor the deployment names the other.'
    when len(gaps) = 0 then 'A deployment caused the incident, whose record says what it was.'
    else 'The deployment ' || deployments[1] || ' caused the incident, whose record lacks: ' || array_to_string(gaps, ', ') || '.'
  end as reason,
  list_concat([incident_id], deployments) as evidence,
  []::varchar[] as missing,
  []::varchar[] as findings
from described
order by unit_kind, unit
