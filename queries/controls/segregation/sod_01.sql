/*
control: SOD-01
title: Approver is not the author
question: Did somebody approve the deployment who wrote nothing in it?
grain: one row per production deployment
rule: >
  As many people as asked for approved it, by its request or directly, who wrote nothing in it; else each change in it was approved so by its own request. Co-authors wrote too; who merged did not.
  An approval counts that was given before it began, of an emergency also afterwards. A service account counts as its owner
version: 1
units: [deployment]
severity: critical
owner: Change management
needs:
  - { of: change_request, as: supporting }
  - { of: change_request_approval, as: supporting }
  - { of: change, as: adverse }
  - { of: commit, as: adverse }
parameters:
  approvals:
    default: 1
    unit: people
    description: How many people who wrote nothing in it must have approved.
frameworks:
  cobit: [BAI06.01, DSS06.03]
  soc2: [CC5.1, CC8.1]
  iso_27001: ["5.3"]
  pci_dss: ["6.2.3.1", "6.5.4"]
  nist_800_53: [AC-5, CM-5]
  eu_dora_rts: [17(1)(b)]
  cfr_21_part_11: [11.10(g)]
remedy: Ask somebody who did not write in it to approve; let the system refuse the approval of an author.
steps:
  - when: "Only people who wrote in the deployment"
    do: "Have somebody who wrote nothing in it look at what went out, and record that. What happened stays a deviation."
  - when: "approved only by people who wrote in it"
    do: "Have somebody who wrote nothing in that change look at it now, and record that. What happened stays a deviation."
  - when: "names no change request"
    do: "Name the request of {unit} first, as POP-01 asks; who approved it is looked up there."
  - when: "No approval from before"
    do: "If somebody approved it and that is only not recorded, record it with who and when. If not, that stays a deviation: have somebody who wrote nothing in it look at it now."
  - when: "people needed approved"
    do: "If more people approved it and that is only not recorded, record it. If not, that stays a deviation."
  - when: "which changes it brought is not known"
    do: "Nothing can be done for the first deployment that was collected; collect further back, or set `active_from` of the service if it really was its first."
  - when: "who is behind a login"
    do: "Say in the records of people whose the logins are (docs: people)."
  - when: "who wrote a change in it is not known"
    do: "Have the author of that change collected."
*/
select
  'deployment' as unit_kind,
  d.deployment_id as unit,
  d.service,
  d.environment,
  d.occurred_at,
  null::timestamptz as due_at,
  case
    when c.content in ('none', 'not live') then 'nothing'
    when i.approvals > 0 and i.possible_others = 0 and c.content <> 'unknown' then 'fail'
    when i.approvals = 0 or (i.possible_others < getvariable('sod_01_approvals') and c.content <> 'unknown') then 'missing'
    when c.content <> 'known' or c.is_doubtful or i.others < getvariable('sod_01_approvals') then 'unknown'
    else 'pass'
  end as verdict,
  case
    when c.content = 'none' then 'The deployment brings nothing that was not there before.'
    when c.content = 'not live' then 'The deployment never went live, and who wrote what it would have brought is not known.'
    when i.approvals > 0 and i.possible_others = 0 and c.content <> 'unknown'
      then case when i.is_by_change then 'A change in the deployment was approved only by people who wrote in it.' else 'Only people who wrote in the deployment approved it.' end
    when i.approvals = 0 and not r.has_request then 'The deployment names no change request, and nobody approved it directly.'
    when i.open_changes is not null then 'No approval from before the deployment began was found of what it brings: ' || i.open_changes || '.'
    when i.approvals = 0 then 'No approval from before the deployment began was found.'
    when i.possible_others < getvariable('sod_01_approvals') and c.content <> 'unknown'
      then 'Only ' || i.possible_others || ' of the ' || getvariable('sod_01_approvals') || ' people needed approved the deployment without having written in it.'
    when c.content = 'unknown' then 'The deployment was approved, but which changes it brought is not known: no deployment of its service is known from before.'
    when c.content = 'unwritten' then 'The deployment was approved, but who wrote a change in it is not known.'
    when c.is_doubtful or i.others < getvariable('sod_01_approvals') then 'The deployment was approved, but whether its approvers wrote in it is not known: it is not certain who is behind a login.'
    else i.others || case when i.others = 1 then ' person who wrote nothing in the deployment approved it' else ' people who wrote nothing in the deployment approved it' end || ' (a service account counts as its owner).'
  end as reason,
  list_concat(r.requests, i.evidence) as evidence,
  case when r.has_request then ['change_request_approval'] else ['change_request'] end as missing,
  []::varchar[] as findings
from controls.production_deployment as d
join controls.deployment_content as c on c.deployment_id = d.deployment_id
join controls.deployment_independence as i on i.deployment_id = d.deployment_id
join controls.deployment_requests as r on r.deployment_id = d.deployment_id
order by unit
