/*
control: WIN-03
title: Stabilisation period respected
question: Was nothing else deployed to the service while a release of high risk had to settle?
grain: one row per production deployment
rule: >
  No deployment of something else, by another request of a risk listed, went live for the service within the hours before, and it touches no stabilisation window. Emergencies and
  rollbacks may come at any time
version: 1
units: [deployment]
severity: low
owner: Release management
needs:
  - { of: change_request, as: adverse }
  - { of: calendar_window, as: adverse }
parameters:
  hours:
    default: 24
    unit: hours
    description: How long a release of high risk settles.
  risks:
    default: [high]
    description: Risk classes of a change request after which nothing else is deployed.
  kinds:
    default: [stabilisation]
    description: Kinds of window in which a release settles.
frameworks:
  cobit: [BAI07.07]
  soc2: [CC8.1]
  iso_27001: ["8.32"]
  nist_800_53: [CM-3(f)]
remedy: Wait until the release before has settled, or ask for an exemption.
steps:
  - when: "went live; "
    do: "That stays a deviation: write down in the change request why it could not wait. If that request was not really of high risk, correct its risk."
  - when: "kept free of deployments"
    do: "That stays a deviation: write down in the change request why it could not wait."
*/
with risky as (
  select distinct d.deployment_id, d.service, d.live_at, coalesce(d.sha, d.version, d.deployment_id) as content, p.change_request_id
  from controls.deployment_part as p
  join model.change_request as r on r.change_request_id = p.change_request_id
  join controls.production_deployment as d on d.deployment_id = p.deployment_id
  where d.live_at is not null and list_contains(getvariable('win_03_risks'), r.risk)
),
-- A span of time meets only its own hours and those before: joined by equality, not pair by pair.
slotted as (
  select r.*, unnest([epoch(r.live_at)::bigint // (getvariable('win_03_hours') * 3600 + 1), epoch(r.live_at)::bigint // (getvariable('win_03_hours') * 3600 + 1) + 1]) as slot
  from risky as r
),
deployment as (
  select
    d.deployment_id, d.service, d.occurred_at, coalesce(d.sha, d.version, d.deployment_id) as content,
    epoch(d.occurred_at)::bigint // (getvariable('win_03_hours') * 3600 + 1) as slot
  from controls.production_deployment as d
),
near as (
  select d.deployment_id, r.deployment_id as risky_id, r.live_at, r.change_request_id
  from deployment as d
  join slotted as r on r.service = d.service and r.slot = d.slot and r.content <> d.content
  where r.live_at <= d.occurred_at and r.live_at > d.occurred_at - to_hours(getvariable('win_03_hours'))
),
unsettled as (
  select
    n.deployment_id,
    max(n.live_at) as risky_at,
    max_by(n.risky_id, struct_pack(a := n.live_at, b := n.risky_id, c := n.change_request_id)) as risky_id,
    max_by(n.change_request_id, struct_pack(a := n.live_at, b := n.risky_id, c := n.change_request_id)) as risky_request_id,
    list_sort(list(distinct n.risky_id)) as deployments,
    list_sort(list(distinct n.change_request_id)) as requests
  from near as n
  left join controls.deployment_part as own on own.deployment_id = n.deployment_id and own.change_request_id = n.change_request_id
  where own.deployment_id is null
  group by n.deployment_id
),
settling as (
  select deployment_id, list_sort(list(calendar_window_id)) as windows, min(coalesce(reason, kind)) as words
  from controls.deployment_window
  where list_contains(getvariable('win_03_kinds'), kind)
  group by deployment_id
),
judged as (
  select
    d.*,
    u.risky_at,
    date_diff('second', u.risky_at, d.occurred_at) as seconds,
    p.native_id as risky_deployment,
    q.native_id as risky_request,
    q.risk as risky_class,
    t.words,
    e.deployment_id is not null as is_emergency,
    coalesce(w.kind = 'rollback', false) as is_rollback,
    list_concat(coalesce(u.deployments, []), coalesce(u.requests, []), coalesce(t.windows, [])) as found
  from controls.production_deployment as d
  left join unsettled as u on u.deployment_id = d.deployment_id
  left join model.reported_deployment as p on p.deployment_id = u.risky_id
  left join model.change_request as q on q.change_request_id = u.risky_request_id
  left join settling as t on t.deployment_id = d.deployment_id
  left join controls.emergency_deployment as e on e.deployment_id = d.deployment_id
  left join model.wave as w on w.wave_id = d.wave_id
)
select
  'deployment' as unit_kind,
  deployment_id as unit,
  service,
  environment,
  occurred_at,
  null::timestamptz as due_at,
  case when len(found) = 0 then 'pass' when is_emergency or is_rollback then 'not_applicable' else 'fail' end as verdict,
  case
    when len(found) = 0 then 'Nothing of high risk went live for the service in the ' || getvariable('win_03_hours') || ' h before the deployment, which touches no stabilisation window.'
    when is_emergency then 'The deployment goes by an emergency request, which EMG-01 judges.'
    when is_rollback then 'The deployment is a rollback, which may come at any time.'
    when risky_at is not null
      then 'The deployment began ' || case when seconds < 3600 then '' else (seconds // 3600) || ' h ' end || (seconds // 60 % 60) || ' min after '
        || risky_deployment || ' (' || risky_request || ', risk ' || risky_class || ') went live; ' || getvariable('win_03_hours') || ' h must pass.'
    else 'The deployment ran in a window that is kept free of deployments after a release: ' || words || '.'
  end as reason,
  found as evidence,
  []::varchar[] as missing,
  []::varchar[] as findings
from judged
order by unit
