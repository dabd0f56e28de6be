/*
control: EXC-01
title: Exemptions are valid
question: Does each exemption say what for, why, until when, what is done instead, and who independent allowed it?
grain: one row per exemption
rule: >
  controls.exemption_form; and where it is for one deployment, release, change request or incident, it held when that happened. What is exempt by it is said with each result
version: 2
units: [exemption]
severity: high
owner: Risk management
needs:
  - { of: exemption, as: supporting }
parameters:
  longest_days:
    default: 180
    unit: days
    description: Longest time for which an exemption may hold.
  scopes:
    default: [unit, service, team, environment]
    description: What an exemption may be for, of unit, service, team, environment and everything.
frameworks:
  cobit: [APO12, MEA02]
  soc2: [CC4.2, CC5.3]
  iso_27001: ["8.32", cl. 6.1.3]
  pci_dss: [App. B]
  nist_800_53: [CA-5, CM-6(c), PM-4]
remedy: Write the exemption again with what it lacks, allowed by somebody else than who asks, and before it is needed.
steps:
  - when: "The exemption does not hold"
    do: "Until it is written again nothing is waived by {unit}, and what it was for counts as failing. Write it again with what it lacks; it holds from the day on which somebody else than who asks allows it, not for the time before."
*/
with dated as (
  select deployment_id as name, service, occurred_at
  from controls.production_deployment
  union
  select r.native_id, d.service, d.occurred_at
  from controls.production_deployment as d
  join model.reported_deployment as r on r.deployment_id = d.deployment_id
  union
  select release_id, service, went_live_at
  from controls.production_release
  union
  select change_request_id, service, occurred_at
  from controls.request_course
  union
  select native_id, service, occurred_at
  from controls.request_course
  union
  select incident_id, service, started_at
  from model.incident
  union
  select native_id, service, started_at
  from model.incident
),
event as (
  select
    e.exemption_id,
    min(d.service) as service,
    min(d.occurred_at) as occurred_at,
    bool_or(d.occurred_at >= e.valid_from and d.occurred_at < e.valid_until) as is_covered
  from model.exemption as e
  join dated as d on d.name = e.scope
  where d.occurred_at is not null
  group by e.exemption_id
),
judged as (
  select
    e.exemption_id,
    coalesce(s.service, v.service) as service,
    n.environment,
    coalesce(e.valid_from, e.approved_at) as occurred_at,
    list_concat(
      f.problems,
      case
        when f.breadth = 'unit' and not v.is_covered
          then ['it did not hold at ' || strftime(timezone(getvariable('time_zone'), v.occurred_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ', when what it is for happened']
        else []
      end
    ) as problems
  from model.exemption as e
  join controls.exemption_form as f on f.exemption_id = e.exemption_id
  left join event as v on v.exemption_id = e.exemption_id
  left join model.service as s on s.service = e.scope
  left join model.environment as n on n.environment = e.scope
)
select
  'exemption' as unit_kind,
  exemption_id as unit,
  service,
  environment,
  occurred_at,
  null::timestamptz as due_at,
  case when len(problems) = 0 then 'pass' else 'fail' end as verdict,
  case
    when len(problems) = 0 then 'The exemption says all that it must, and somebody independent allowed it.'
    else 'The exemption does not hold: ' || array_to_string(problems, ', ') || '.'
  end as reason,
  [exemption_id] as evidence,
  []::varchar[] as missing,
  []::varchar[] as findings
from judged
order by unit
