/*
control: WIN-01
title: Not in a blackout
question: Did the deployment stay outside of every freeze and blackout?
grain: one row per production deployment
rule: >
  From its beginning to its end it touches no window of the kinds listed that is for everything, its service, its environment or a team that owns it. Where its requests are emergencies EMG-01 judges it
version: 1
units: [deployment]
severity: high
owner: Change management
needs:
  - { of: calendar_window, as: adverse }
parameters:
  kinds:
    default: [freeze, blackout]
    description: Kinds of window in which nothing may be deployed.
frameworks:
  cobit: [BAI06.01, BAI07.06]
  soc2: [A1.2, CC8.1]
  iso_27001: ["8.32"]
  nist_800_53: [CM-3]
  eu_dora_rts: [17(1)(d)(ii)]
remedy: Wait for the end of the window, or ask for an exemption before it begins.
steps:
  - when: "in which nothing may be deployed"
    do: "If it was allowed beforehand, the exemption for {unit} must say so and have begun before it. If not, that stays a deviation: write down in the change request why it could not wait."
*/
with touched as (
  select
    deployment_id,
    list_sort(list(calendar_window_id)) as windows,
    min(coalesce(nullif(trim(reason), ''), kind)) as words,
    min_by(starts_at, {'words': coalesce(nullif(trim(reason), ''), kind), 'id': calendar_window_id}) as starts_at,
    min_by(ends_at, {'words': coalesce(nullif(trim(reason), ''), kind), 'id': calendar_window_id}) as ends_at
  from controls.deployment_window
  where list_contains(getvariable('win_01_kinds'), kind)
  group by deployment_id
)
select
  'deployment' as unit_kind,
  d.deployment_id as unit,
  d.service,
  d.environment,
  d.occurred_at,
  null::timestamptz as due_at,
  case when t.deployment_id is null then 'pass' when e.deployment_id is not null then 'not_applicable' else 'fail' end as verdict,
  case
    when t.deployment_id is null then 'The deployment touches no window in which nothing may be deployed.'
    when e.deployment_id is not null then 'The deployment goes by an emergency request, which EMG-01 judges.'
    else 'The deployment ran in a window in which nothing may be deployed: ' || rtrim(t.words, '.') || ' (' || strftime(timezone(getvariable('time_zone'), t.starts_at), '%Y-%m-%d %H:%M') || ' to ' || strftime(timezone(getvariable('time_zone'), t.ends_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ').'
  end as reason,
  coalesce(t.windows, []) as evidence,
  []::varchar[] as missing,
  []::varchar[] as findings
from controls.production_deployment as d
left join touched as t on t.deployment_id = d.deployment_id
left join controls.emergency_deployment as e on e.deployment_id = d.deployment_id
order by unit
