/*
control: SOD-03
title: Approver is not the implementer
question: Did somebody approve the deployment who did not bring it to production?
grain: one row per production deployment
rule: >
  As many people as asked for approved it, by its request or directly, who did not begin it; else each change in it was approved so by its own request. An approval counts that was given before it began, of
  an emergency also afterwards. A service account counts as its owner, as approver and as who began it
version: 1
units: [deployment]
severity: high
owner: Change management
needs:
  - { of: change_request, as: supporting }
  - { of: change_request_approval, as: supporting }
parameters:
  approvals:
    default: 1
    unit: people
    description: How many people who did not begin it must have approved.
frameworks:
  cobit: [DSS06.03]
  soc2: [CC5.1]
  iso_27001: ["5.3"]
  nist_800_53: [AC-5]
  eu_dora_rts: [17(1)(b)]
remedy: Ask somebody else than who deploys to approve, or let somebody else deploy.
steps:
  - when: "Only who began the deployment approved it"
    do: "Have somebody else look at what went out and approve it now. What happened stays a deviation."
  - when: "approved only by who began the deployment"
    do: "Have somebody else look at that change and approve it now. What happened stays a deviation."
  - when: "names no change request"
    do: "Name the request of {unit} first, as POP-01 asks; who approved it is looked up there."
  - when: "No approval from before"
    do: "If somebody approved it and that is only not recorded, record it with who and when. If not, that stays a deviation."
  - when: "people needed approved"
    do: "If more people approved it and that is only not recorded, record it. If not, that stays a deviation."
  - when: "who began it is not recorded"
    do: "Let the record of {unit} say who began it, or name its pipeline run."
  - when: "who is behind"
    do: "Say in the records of people whose the logins are (docs: people)."
*/
select
  'deployment' as unit_kind,
  d.deployment_id as unit,
  d.service,
  d.environment,
  d.occurred_at,
  null::timestamptz as due_at,
  case
    when i.approvals = 0 then 'missing'
    when t.login is not null and not t.is_doubtful and i.possible_bystanders = 0 then 'fail'
    when t.login is not null and not t.is_doubtful and i.possible_bystanders < getvariable('sod_03_approvals') then 'missing'
    when t.login is null or t.is_doubtful or i.bystanders < getvariable('sod_03_approvals') then 'unknown'
    else 'pass'
  end as verdict,
  case
    when i.approvals = 0 and not r.has_request then 'The deployment names no change request, and nobody approved it directly.'
    when i.open_changes is not null then 'No approval from before the deployment began was found of what it brings: ' || i.open_changes || '.'
    when i.approvals = 0 then 'No approval from before the deployment began was found.'
    when t.login is null then 'The deployment was approved, but who began it is not recorded.'
    when t.is_doubtful then 'The deployment was approved, but it is not certain who is behind the login that began it.'
    when i.possible_bystanders = 0 and i.is_by_change then 'A change in the deployment was approved only by who began the deployment (a service account counts as its owner).'
    when i.possible_bystanders = 0 then 'Only who began the deployment approved it (a service account counts as its owner).'
    when i.possible_bystanders < getvariable('sod_03_approvals')
      then 'Only ' || i.possible_bystanders || ' of the ' || getvariable('sod_03_approvals') || ' people needed approved the deployment without beginning it.'
    when i.bystanders < getvariable('sod_03_approvals') then 'The deployment was approved, but whether only by who began it is not known: it is not certain who is behind a login.'
    else i.bystanders || case when i.bystanders = 1 then ' person who did not begin the deployment approved it' else ' people who did not begin the deployment approved it' end || ' (a service account counts as its owner).'
  end as reason,
  list_concat(r.requests, i.evidence) as evidence,
  case when r.has_request then ['change_request_approval'] else ['change_request'] end as missing,
  []::varchar[] as findings
from controls.production_deployment as d
join controls.deployment_trigger as t on t.deployment_id = d.deployment_id
join controls.deployment_independence as i on i.deployment_id = d.deployment_id
join controls.deployment_requests as r on r.deployment_id = d.deployment_id
order by unit
