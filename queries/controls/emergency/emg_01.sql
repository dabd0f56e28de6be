/*
control: EMG-01
title: Emergency change genuine and authorised
question: Did the emergency answer an incident that was open then, and did an emergency approver allow it in time?
grain: one row per change request
rule: >
  It names an incident that was open between its creation and its first deployment, and somebody who held an emergency role approved it no longer before its first deployment than the approval
  holds, or within the hours after. The share of emergencies in its month is told beside
version: 1
units: [change_request]
severity: critical
owner: Change management
needs:
  - { of: incident, as: supporting }
  - { of: change_request_approval, as: supporting }
  - { of: role_grant, as: supporting }
parameters:
  roles:
    default: [emergency-approver, emergency-board, ecab, emergency-cab, emergency-change-board, incident-commander, duty-manager]
    description: Roles that may allow an emergency, beside those of approval rules with the path `emergency`; `-`, `_` and blanks are the same.
  late_hours:
    default: 24
    unit: hours
    description: How long after the start the approval may follow, unless an approval rule of that path says otherwise.
  approval_hours:
    default: 72
    unit: hours
    description: How long an approval of an emergency holds that says no end, unless an approval rule of that path says otherwise.
  share_percent:
    default: 10
    unit: percent
    description: Share of emergencies in a month that is told as high.
frameworks:
  cobit: [BAI06.02]
  soc2: [CC7.4, CC8.1]
  iso_27001: ["8.32"]
  pci_dss: ["6.5.1"]
  nist_800_53: [CM-3]
  eu_dora_rts: [17(1)(f)]
  annex_11: ["13"]
remedy: Use the emergency route only for an open incident, name it in the request, and have an emergency approver decide before you begin, or within the hours allowed.
steps:
  - when: "names no incident"
    do: "Name in {unit} the incident that it answered. If there was none, it was no emergency: set its type to normal and see what AUT-01 says."
  - when: "no incident of that name"
    do: "Correct the name of the incident in {unit}, or have that incident collected."
  - when: "open when the change was made"
    do: "Correct the incident in {unit}, or the times of the incident, if one is wrong. If not, it was no emergency: that stays a deviation."
  - when: "No approval of the request"
    do: "If an emergency approver allowed it, record that in {unit} with who and when. If nobody did, that stays a deviation: have it approved now."
  - when: "held an emergency role"
    do: "If the approver held one of the emergency roles then, record it with its dates (records of role_grant). If not, that stays a deviation."
  - when: "of the request came at"
    do: "That stays a deviation: write down in {unit} why the approval came so late."
  - when: "held no longer"
    do: "That stays a deviation: have the approval renewed, and write down in {unit} why it went after its end."
*/
with emergency as (
  select u.*, s.tier, coalesce(u.deployed_at, u.go_at) as began_at, strftime(timezone(getvariable('time_zone'), u.occurred_at), '%Y-%m') as month
  from controls.request_course as u
  left join model.service as s on s.service = u.service
  where u.type = 'emergency'
),
rule as (
  select
    e.change_request_id,
    max(a.late_hours) as late_hours,
    min(a.valid_hours) as valid_hours,
    list(distinct replace(replace(lower(trim(a.role)), '_', '-'), ' ', '-')) filter (where a.role is not null) as roles
  from emergency as e
  join model.approval_rule as a
    on
      a.path = 'emergency'
      and (a.change_type is null or a.change_type = 'emergency')
      and (a.risk is null or a.risk = e.risk)
      and (a.service is null or a.service = e.service)
      and (a.tier is null or a.tier = e.tier)
      and (a.valid_from is null or e.occurred_at >= a.valid_from)
      and (a.valid_until is null or e.occurred_at < a.valid_until)
  group by e.change_request_id
),
bound as (
  select
    e.*,
    coalesce(r.late_hours, getvariable('emg_01_late_hours')) as late_hours,
    coalesce(r.valid_hours, getvariable('emg_01_approval_hours')) as valid_hours,
    coalesce(r.roles, []) as roles
  from emergency as e
  left join rule as r on r.change_request_id = e.change_request_id
),
reference as (
  select r.change_request_id, unnest(r.incidents) as reference
  from model.change_request as r
  where r.type = 'emergency'
),
named as (
  select n.change_request_id, i.incident_id, i.started_at, i.resolved_at
  from reference as n
  join model.incident as i on i.native_id = n.reference
  union
  select n.change_request_id, i.incident_id, i.started_at, i.resolved_at
  from reference as n
  join model.incident as i on i.incident_id = n.reference
),
answered as (
  select
    e.change_request_id,
    bool_or(i.started_at <= coalesce(e.began_at, getvariable('as_of')::timestamptz) and coalesce(i.resolved_at >= least(e.occurred_at, e.began_at), true)) as is_open,
    list_sort(list(i.incident_id)) as incidents
  from emergency as e
  join named as i on i.change_request_id = e.change_request_id
  group by e.change_request_id
),
decision as (
  select
    e.change_request_id,
    e.began_at,
    e.late_hours,
    e.valid_hours,
    e.roles,
    e.service,
    e.occurred_at,
    a.approval_id,
    a.decided_at,
    a.expires_at,
    replace(replace(lower(trim(a.role)), '_', '-'), ' ', '-') as role,
    coalesce(p.person_id, 'identity/' || lower(a.approver)) as person
  from bound as e
  join model.change_request_approval as a on a.change_request_id = e.change_request_id
  left join model.person_login as p on p.login = a.approver
  where a.decision = 'approved' and a.decided_at is not null and (a.withdrawn_at is null or a.withdrawn_at >= coalesce(e.began_at, a.withdrawn_at))
),
granted as (
  select distinct d.approval_id, d.change_request_id
  from decision as d
  join model.role_grant as g on coalesce(g.person_id, 'identity/' || lower(g.person)) = d.person
  left join model.ownership as o on o.service = d.service and o.team = g.scope and d.decided_at >= o.owned_from and d.decided_at < o.owned_until
  where
    (list_contains(d.roles, replace(replace(lower(trim(g.role)), '_', '-'), ' ', '-')) or list_contains(getvariable('emg_01_roles'), replace(replace(lower(trim(g.role)), '_', '-'), ' ', '-')))
    and (g.granted_from is null or g.granted_from <= d.decided_at)
    and (g.granted_until is null or g.granted_until > d.decided_at)
    and (g.scope is null or g.scope = d.service or o.team is not null)
),
judged_decision as (
  select
    d.change_request_id,
    d.approval_id,
    d.decided_at,
    list_contains(d.roles, d.role) or list_contains(getvariable('emg_01_roles'), d.role) or g.approval_id is not null as is_entitled,
    coalesce(d.decided_at <= d.began_at + to_hours(d.late_hours), true) as is_in_time,
    coalesce(d.began_at < coalesce(d.expires_at, d.decided_at + to_hours(d.valid_hours)), true) as is_in_force
  from decision as d
  left join granted as g on g.approval_id = d.approval_id and g.change_request_id = d.change_request_id
),
approved as (
  select
    change_request_id,
    bool_or(coalesce(is_entitled, false) and is_in_time and is_in_force) as is_good,
    bool_or(is_in_time and is_in_force) as is_timely,
    bool_or(is_in_time) as is_in_time,
    min(decided_at) as decided_at,
    list_sort(list(approval_id)) as approvals
  from judged_decision
  group by change_request_id
),
monthly as (
  select
    strftime(timezone(getvariable('time_zone'), occurred_at), '%Y-%m') as month,
    count(*) as requests,
    count(*) filter (where type = 'emergency') as emergencies
  from controls.request_course
  where occurred_at is not null
  group by 1
),
judged as (
  select
    u.change_request_id,
    u.service,
    u.occurred_at,
    u.type,
    u.is_void,
    e.began_at,
    e.late_hours,
    e.began_at + to_hours(e.late_hours) as due_at,
    coalesce(n.is_open, false) as is_open,
    n.change_request_id is not null as has_incident,
    n.incidents,
    array_to_string(list_transform(n.incidents, lambda incident: substring(incident, strpos(incident, ':') + 1)), ', ') as incident_names,
    r.incidents as named_incidents,
    array_to_string(a.approvals, ', ') as approval_names,
    coalesce(a.is_good, false) as is_good,
    coalesce(a.is_timely, false) as is_timely,
    coalesce(a.is_in_time, false) as is_in_time,
    a.decided_at,
    list_concat(coalesce(n.incidents, []), coalesce(a.approvals, [])) as evidence,
    case
      when m.emergencies * 100 > m.requests * getvariable('emg_01_share_percent')
        then ' In its month ' || m.emergencies || ' of ' || m.requests || ' requests were emergencies, more than the ' || getvariable('emg_01_share_percent') || ' % expected.'
      else ''
    end as share_words
  from controls.request_course as u
  join model.change_request as r on r.change_request_id = u.change_request_id
  left join bound as e on e.change_request_id = u.change_request_id
  left join answered as n on n.change_request_id = u.change_request_id
  left join approved as a on a.change_request_id = u.change_request_id
  left join monthly as m on m.month = e.month
)
select
  'change_request' as unit_kind,
  change_request_id as unit,
  service,
  null as environment,
  occurred_at,
  case when due_at >= occurred_at then due_at end as due_at,
  case
    when coalesce(type <> 'emergency', true) or is_void then 'not_applicable'
    when is_open and is_good then 'pass'
    when coalesce(due_at > getvariable('as_of')::timestamptz, true) and decided_at is null then 'not_due'
    when has_incident and not is_open then 'fail'
    when not has_incident then 'missing'
    when decided_at is null then 'missing'
    when is_timely then 'missing'
    else 'fail'
  end as verdict,
  case
    when type is null then 'The request has no type.'
    when type <> 'emergency' then 'The request is a ' || type || ' change, not an emergency.'
    when is_void then 'The request was called off before anything was deployed.'
    when is_open and is_good then 'The request answers an incident that was open, and an emergency approver allowed it in time.' || share_words
    when coalesce(due_at > getvariable('as_of')::timestamptz, true) and decided_at is null
      then case when began_at is null then 'Nothing was deployed by the request yet.' else 'The approval of the request may follow until ' || strftime(timezone(getvariable('time_zone'), due_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || '.' end
    when has_incident and not is_open then case len(incidents) when 1 then 'The incident ' || incident_names || ' that the request names was not' else 'None of the incidents ' || incident_names || ' that the request names was' end || ' open when the change was made.' || share_words
    when not has_incident then case when len(named_incidents) > 0 then 'The request names ' || array_to_string(named_incidents, ', ') || ', but no incident of that name was found.' else 'The request names no incident.' end || share_words
    when decided_at is null then 'No approval of the request was found.' || share_words
    when is_timely then 'The request was approved in time (' || approval_names || '), but nothing says that the approver held an emergency role then.' || share_words
    when not is_in_time
      then 'The approval of the request came at ' || strftime(timezone(getvariable('time_zone'), decided_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ', more than ' || late_hours || ' h after the change began.' || share_words
    else 'The approval of the request from ' || strftime(timezone(getvariable('time_zone'), decided_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ' held no longer when the change began.' || share_words
  end as reason,
  evidence,
  case when not has_incident then ['incident'] when decided_at is null then ['change_request_approval'] else ['change_request_approval', 'role_grant'] end as missing,
  []::varchar[] as findings
from judged
order by unit
