/*
control: POP-01
title: Every production deployment has a change record
question: Does the deployment lead to a change request that the ticket system has?
grain: one row per production deployment
rule: >
  A change request that it names is found, else every change in it names one that is found. Deployments with a label of the automated classes need none
version: 1
units: [deployment]
severity: critical
owner: Change management
needs:
  - { of: change_request, as: supporting }
parameters:
  automated_labels:
    default: []
    description: Labels of deployments of automated classes, such as configuration, that need no change request.
frameworks:
  cobit: [BAI06.01, BAI06.03]
  soc2: [CC8.1]
  iso_27001: ["8.32"]
  pci_dss: ["6.5.1"]
  nist_800_53: [CM-3]
  hipaa: [164.312(b)]
  eu_dora_rts: [17(1)(d)]
  cfr_21_part_11: [11.10(e), 11.10(k)]
  annex_11: ["10"]
remedy: Write down the change request of what was deployed and let the deployment, its commits or its pull requests name it; let the pipeline refuse what names none.
steps:
  - when: "which the ticket system does not have"
    do: "If the name is mistyped, correct it where the deployment is recorded. If the request is of another system or project, have that collected too. If there is none, that stays a deviation."
  - when: "names no change request"
    do: "Find the request under which {unit} was made and let the deployment, or its commits or pull requests, name it. If there was none, that stays a deviation: file one now and write down in it why it comes afterwards."
*/
with requested as (
  select
    deployment_id,
    bool_or(part = 'deployment') as has_own,
    bool_or(part <> 'deployment') as has_of_change
  from controls.deployment_part
  where change_request_id is not null
  group by deployment_id
),
unrequested as (
  select deployment_id, list_sort(list(part)) as parts
  from controls.deployment_part
  where change_request_id is null and part <> 'deployment'
  group by deployment_id
),
judged as (
  select
    d.deployment_id,
    d.service,
    d.environment,
    d.occurred_at,
    q.requests,
    case
      when w.has_own then 'own'
      when w.has_of_change and u.deployment_id is null then 'changes'
      when list_has_any(list_transform(d.labels, lambda l: lower(l)), list_transform(getvariable('pop_01_automated_labels'), lambda l: lower(l))) then 'automated'
      when len(n.change_requests) > 0 then 'not found'
      else 'none'
    end as found,
    array_to_string(n.change_requests, ', ') as named,
    array_to_string(u.parts[1:5], ', ') || case when len(u.parts) > 5 then ' and ' || (len(u.parts) - 5) || ' more' else '' end as open_changes,
    coalesce(len(u.parts), 0) as open_count
  from controls.production_deployment as d
  join model.deployment as n on n.deployment_id = d.deployment_id
  join controls.deployment_requests as q on q.deployment_id = d.deployment_id
  left join requested as w on w.deployment_id = d.deployment_id
  left join unrequested as u on u.deployment_id = d.deployment_id
)
select
  'deployment' as unit_kind,
  deployment_id as unit,
  service,
  environment,
  occurred_at,
  null::timestamptz as due_at,
  case found when 'own' then 'pass' when 'changes' then 'pass' when 'automated' then 'not_applicable' else 'missing' end as verdict,
  case found
    when 'own' then 'The deployment names a change request that is there.'
    when 'changes' then 'Each change in the deployment names a change request that is there.'
    when 'automated' then 'The label of the deployment says that it is of an automated class, which needs no change request.'
    when 'not found' then 'The deployment names ' || named || ', which the ticket system does not have.'
    else 'The deployment names no change request' || case open_count when 0 then '.' when 1 then ', nor does the change ' || open_changes || '.' else ', nor do the changes ' || open_changes || '.' end
  end as reason,
  requests as evidence,
  ['change_request'] as missing,
  []::varchar[] as findings
from judged
order by unit
