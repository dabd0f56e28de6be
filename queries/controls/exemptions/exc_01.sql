/*
control: EXC-01
title: Exemptions are valid
question: Does each exemption say what for, why, until when, what is done instead, and who independent allowed it?
grain: one row per exemption
rule: controls.exemption_form; what is exempt by it is said with each result
version: 1
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
frameworks:
  cobit: [APO12, MEA02]
  soc2: [CC4.2, CC5.3]
  iso_27001: ["8.32", cl. 6.1.3]
  pci_dss: [App. B]
  nist_800_53: [CA-5, CM-6(c), PM-4]
remedy: Write the exemption again with what it lacks, allowed by somebody else than who asks.
*/
select
  'exemption' as unit_kind,
  e.exemption_id as unit,
  s.service,
  null as environment,
  coalesce(e.valid_from, e.approved_at) as occurred_at,
  null::timestamptz as due_at,
  case when len(f.problems) = 0 then 'pass' else 'fail' end as verdict,
  case
    when len(f.problems) = 0 then 'It says all that an exemption must, and somebody independent allowed it.'
    else 'It does not hold: ' || array_to_string(f.problems, ', ') || '.'
  end as reason,
  [e.exemption_id] as evidence,
  []::varchar[] as missing,
  []::varchar[] as findings
from model.exemption as e
join controls.exemption_form as f on f.exemption_id = e.exemption_id
left join model.service as s on s.service = e.scope
order by unit
