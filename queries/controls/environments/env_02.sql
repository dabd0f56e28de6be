/*
control: ENV-02
title: No unexplained configuration drift
question: Was the target compared with its baseline shortly before, with no difference that nobody allowed?
grain: one row per production deployment
rule: >
  The last comparison of the service there, or of the whole environment, before it began is younger than the hours asked for and found no difference that nobody allowed. Where differences that
  were allowed are not told apart, each counts
version: 1
units: [deployment]
severity: medium
owner: Platform engineering
needs:
  - { of: drift_scan, as: supporting }
parameters:
  hours:
    default: 24
    unit: hours
    description: How old the last comparison may be.
frameworks:
  cobit: [BAI10.05]
  soc2: [CC7.1]
  iso_27001: ["8.9"]
  pci_dss: ["1.2.2", "11.5.2"]
  nist_800_53: [CM-2, CM-3, CM-6]
remedy: Compare every day; bring back what differs, or record in the baseline what was allowed.
steps:
  - when: "The last comparison of"
    do: "If it was compared later and that is only not collected, have it collected (records of drift_scan). If not, compare it now; that it was not done in time stays a deviation."
  - when: "No comparison of"
    do: "If it was compared and that is only not collected, have it collected (records of drift_scan). If not, compare it now; that it was not done in time stays a deviation."
  - when: "that nobody allowed"
    do: "Bring back what differs, or have it allowed and record that in the baseline. What was found before this deployment stays a deviation."
  - when: "does not say what it found"
    do: "Let the comparison say how many differences it found."
*/
with place as (
  select distinct d.service, d.environment, d.environment as scanned
  from controls.production_deployment as d
  union
  select distinct d.service, d.environment, e.wave as scanned
  from controls.production_deployment as d
  join model.environment as e on e.environment = d.environment
),
scan as (
  select
    p.service,
    p.environment,
    s.scanned_at,
    s.drift_scan_id,
    coalesce(s.unapproved, s.differences) as unapproved,
    s.details
  from place as p
  join model.drift_scan as s on s.environment = p.scanned and (s.service is null or s.service = p.service)
  where s.scanned_at is not null
),
moment as (
  select service, environment, scanned_at as happened_at, scanned_at, null as deployment_id
  from scan
  union all
  select service, environment, occurred_at as happened_at, null::timestamptz as scanned_at, deployment_id
  from controls.production_deployment
),
placed as (
  select
    deployment_id,
    service,
    environment,
    max(scanned_at) over (
      partition by service, environment order by happened_at, deployment_id nulls last rows between unbounded preceding and current row
    ) as scanned_at
  from moment
),
last_scan as (
  select
    p.deployment_id,
    p.scanned_at,
    max(s.unapproved) as unapproved,
    list_sort(list(s.drift_scan_id)) as scans,
    list_sort(list_distinct(flatten(list(s.details)))) as details
  from placed as p
  join scan as s on s.service = p.service and s.environment = p.environment and s.scanned_at = p.scanned_at
  where p.deployment_id is not null
  group by p.deployment_id, p.scanned_at
),
aged as (
  select
    d.deployment_id,
    l.scanned_at,
    l.unapproved,
    l.scans,
    l.details,
    date_diff('second', l.scanned_at, d.occurred_at) as age,
    date_diff('second', l.scanned_at, d.occurred_at) <= getvariable('env_02_hours') * 3600 as is_fresh,
    strftime(timezone(getvariable('time_zone'), l.scanned_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') as words
  from controls.production_deployment as d
  join last_scan as l on l.deployment_id = d.deployment_id
)
select
  'deployment' as unit_kind,
  d.deployment_id as unit,
  d.service,
  d.environment,
  d.occurred_at,
  null::timestamptz as due_at,
  case
    when a.deployment_id is null or not a.is_fresh then 'missing'
    when a.unapproved > 0 then 'fail'
    when a.unapproved is null then 'unknown'
    else 'pass'
  end as verdict,
  case
    when a.deployment_id is null then 'No comparison of ' || d.environment || ' with its baseline was found from before the deployment began.'
    when not a.is_fresh
      then 'The last comparison of ' || d.environment || ' with its baseline was at ' || a.words || ', ' || case when a.age < 172800 then (a.age // 3600) || ' h' else (a.age // 86400) || ' days' end || ' before the deployment began; ' || getvariable('env_02_hours') || ' h are allowed.'
    when a.unapproved > 0
      then 'The comparison at ' || a.words || ' found ' || a.unapproved || case when a.unapproved = 1 then ' difference' else ' differences' end || ' that nobody allowed'
        || case when len(a.details) > 0 then ': ' || array_to_string(a.details, '; ') || '.' else '.' end
    when a.unapproved is null then 'The comparison at ' || a.words || ' does not say what it found.'
    else 'The comparison at ' || a.words || ' found no difference that nobody allowed.'
  end as reason,
  coalesce(a.scans, []) as evidence,
  ['drift_scan'] as missing,
  []::varchar[] as findings
from controls.production_deployment as d
left join aged as a on a.deployment_id = d.deployment_id
order by unit
