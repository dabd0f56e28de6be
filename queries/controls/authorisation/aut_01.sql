/*
control: AUT-01
title: Approved before deployment
question: Was the change approved before its production deployment began?
grain: one row per production deployment
rule: >
  A request that covers the deployment has an approval, not withdrawn and with no later rejection, decided before the deployment began. Else every change in it has a request that has one. Where
  all requests are emergencies EMG-01 judges them
version: 1
units: [deployment]
severity: critical
owner: Change management
needs:
  - { of: change_request, as: supporting }
  - { of: change_request_approval, as: supporting }
parameters: {}
frameworks:
  cobit: [BAI06.01]
  soc2: [CC8.1]
  iso_27001: ["8.32"]
  pci_dss: ["6.5.1"]
  nist_800_53: [CM-3(b), CM-3(c)]
  hipaa: [164.308(a)(8)]
  eu_dora_rts: [17(1)(b), 17(1)(c)]
  cfr_21_part_11: [11.10(f)]
  annex_11: ["10"]
remedy: Get the approval before the deployment begins; let the pipeline wait for it.
steps:
  - when: "names no change request"
    do: "Find the request under which {unit} was made and let the deployment, or its commits or pull requests, name it. If there was none, that stays a deviation: file one now and write down in it why it comes afterwards."
  - when: "No approval of the request"
    do: "If it was approved by mail, in a chat or in a meeting, record that approval in the request with who and when. If not, that stays a deviation: have the change approved now and write down why it went without."
  - when: "was approved only at"
    do: "That stays a deviation: write down in the request why the approval could not be waited for. If the time is wrong, correct it in the ticket system."
  - when: "was rejected before it began"
    do: "Ask why {unit} went out all the same, and take it back or have it decided anew. What happened stays a deviation."
  - when: "not recorded when"
    do: "Let the source say when the approval was given (`decided_at`)."
*/
with request as (
  select
    deployment_id,
    part,
    change_request_id,
    coalesce(max_by(decision, struct_pack(at := decided_at, id := approval_id)) filter (where is_before and not is_withdrawn) = 'approved', false) as is_approved,
    coalesce(bool_or(decision = 'rejected' and is_before and not is_withdrawn), false) as is_rejected,
    coalesce(bool_or(decision = 'approved' and decided_at is null and not is_withdrawn), false) as is_undated,
    min(decided_at) filter (where decision = 'approved' and not is_before and not is_withdrawn) as late_at
  from controls.deployment_decision
  where change_request_id is not null
  group by deployment_id, part, change_request_id
),
part as (
  select
    deployment_id,
    part,
    bool_or(is_approved) as is_approved,
    bool_or(is_rejected) as is_rejected,
    bool_or(is_undated) as is_undated,
    min(late_at) as late_at
  from request
  group by deployment_id, part
),
whole as (
  select
    deployment_id,
    bool_or(is_approved) filter (where part = 'deployment') as is_approved,
    count(*) filter (where part <> 'deployment' and is_approved) as approved_changes,
    bool_or(is_rejected) as is_rejected,
    bool_or(is_undated) as is_undated,
    min(late_at) as late_at
  from part
  group by deployment_id
),
unrequested as (
  select deployment_id, list_sort(list(part)) as parts
  from controls.deployment_decision
  where change_request_id is null and part <> 'deployment'
  group by deployment_id
),
approved as (
  select deployment_id, list_sort(list(distinct approval_id)) as approvals
  from controls.deployment_decision
  where approval_id is not null and not is_withdrawn
  group by deployment_id
)
select
  'deployment' as unit_kind,
  d.deployment_id as unit,
  d.service,
  d.environment,
  d.occurred_at,
  null::timestamptz as due_at,
  case
    when e.deployment_id is not null then 'not_applicable'
    when w.is_approved or w.approved_changes = b.changes then 'pass'
    when w.is_rejected or w.late_at is not null then 'fail'
    when w.is_undated then 'unknown'
    else 'missing'
  end as verdict,
  case
    when e.deployment_id is not null then 'The deployment goes by an emergency request, which EMG-01 judges.'
    when w.is_approved then 'The request of the deployment was approved before it began.'
    when w.approved_changes = b.changes then 'Each change in the deployment has a request that was approved before it began.'
    when w.is_rejected then 'The request of the deployment ('
      || array_to_string(list_transform(r.requests, lambda request: substring(request, strpos(request, ':') + 1)), ', ') || ') was rejected before it began.'
    when w.late_at is not null
      then 'The request of the deployment ('
      || array_to_string(list_transform(r.requests, lambda request: substring(request, strpos(request, ':') + 1)), ', ') || ') was approved only at '
      || strftime(timezone(getvariable('time_zone'), w.late_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ', '
      || case when date_diff('second', d.occurred_at, w.late_at) < 60 then date_diff('second', d.occurred_at, w.late_at) || ' s' else (date_diff('second', d.occurred_at, w.late_at) // 60) || ' min' end || ' after it began.'
    when w.is_undated then 'The request of the deployment was approved, but it is not recorded when.'
    when w.deployment_id is not null then 'No approval of the request of the deployment ('
      || array_to_string(list_transform(r.requests, lambda request: substring(request, strpos(request, ':') + 1)), ', ') || ') was found.' || coalesce(' That the deployment itself was approved (' || g.approvals || ') does not count here: what is asked for is the approval of a change request.', '')
    else 'The deployment names no change request'
      || coalesce(case len(u.parts) when 1 then ', nor does the change ' else ', nor do the changes ' end || array_to_string(u.parts[1:5], ', ') || case when len(u.parts) > 5 then ' and ' || (len(u.parts) - 5) || ' more' else '' end, '')
      || '.' || coalesce(' That the deployment itself was approved (' || g.approvals || ') does not count here: what is asked for is the approval of a change request.', '')
  end as reason,
  list_concat(r.requests, coalesce(a.approvals, [])) as evidence,
  case when w.deployment_id is not null then ['change_request_approval'] else ['change_request'] end as missing,
  []::varchar[] as findings
from controls.production_deployment as d
left join whole as w on w.deployment_id = d.deployment_id
left join controls.deployment_change_count as b on b.deployment_id = d.deployment_id
left join unrequested as u on u.deployment_id = d.deployment_id
join controls.deployment_requests as r on r.deployment_id = d.deployment_id
left join approved as a on a.deployment_id = d.deployment_id
left join controls.emergency_deployment as e on e.deployment_id = d.deployment_id
left join controls.direct_approval as g on g.deployment_id = d.deployment_id
order by unit
