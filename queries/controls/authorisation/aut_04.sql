/*
control: AUT-04
title: Approval valid on the day
question: Did the approval still hold when the deployment began?
grain: one row per production deployment
rule: >
  An approval from before it began had not ended by its own date or by the hours of the approval matrix, was not withdrawn, and what it depends on was there. An approval without any limit is not judged where
  policy allows it. Emergencies are judged by EMG-01
version: 1
units: [deployment]
severity: medium
owner: Change management
needs:
  - { of: change_request_approval, as: supporting }
  - { of: approval_rule, as: adverse }
parameters:
  allow_unlimited:
    default: true
    description: True where an approval may be without limit in time.
frameworks:
  cobit: [BAI06.01, BAI06.02]
  soc2: [CC8.1]
  iso_27001: ["8.32"]
  nist_800_53: [CM-3(b)]
remedy: Get the approval renewed before its end, or deploy within it; meet its conditions first and write down when they were met.
steps:
  - when: "had ended at"
    do: "Write down in the request why it was deployed after the approval had ended, and have the approval renewed before the next time. What happened stays a deviation."
  - when: "was withdrawn at"
    do: "Ask why {unit} went out although the approval had been withdrawn. What happened stays a deviation."
  - when: "depends on what was not there"
    do: "If the condition was met in time, record when (`conditions_met_at` of the approval). If not, that stays a deviation."
  - when: "has no limit in time"
    do: "Give the approval an end (`expires_at`), or the line of the approval matrix its hours (`valid_hours`)."
  - when: "names no change request"
    do: "Name the request of {unit} first, as POP-01 asks."
  - when: "No approval of the request"
    do: "See what AUT-01 says of {unit}: without an approval none can have held."
*/
with valid_for as (
  select change_request_id, min(valid_hours) as hours
  from controls.request_rule
  where valid_hours is not null
  group by change_request_id
),
dated as (
  select
    a.*,
    least(a.expires_at, a.decided_at + to_hours(v.hours)) as ends_at
  from controls.deployment_decision as a
  left join valid_for as v on v.change_request_id = a.change_request_id
  where a.decision = 'approved' and a.is_before
),
stated as (
  select
    deployment_id,
    part,
    approval_id,
    case
      when is_withdrawn then 'withdrawn'
      when ends_at <= begun_at then 'ended'
      when len(conditions) > 0 and not coalesce(conditions_met_at <= begun_at, false) then 'conditions'
      when ends_at is null and len(conditions) = 0 and not getvariable('aut_04_allow_unlimited') then 'no limit'
      when ends_at is null and len(conditions) = 0 then 'unlimited'
      else 'valid'
    end as state,
    strftime(timezone(getvariable('time_zone'), case when is_withdrawn then withdrawn_at else ends_at end), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') as limit_at,
    array_to_string(conditions, ', ') as conditions
  from dated
),
part_state as (
  select
    s.deployment_id,
    s.part,
    case when bool_or(s.state = 'valid') then 'valid' when bool_or(s.state = 'unlimited') then 'unlimited' else 'not valid' end as state,
    min(
      case s.state
        when 'withdrawn' then 'The approval ' || s.approval_id || ' was withdrawn at ' || s.limit_at || '.'
        when 'ended' then 'The approval ' || s.approval_id || ' had ended at ' || s.limit_at || '.'
        when 'conditions' then 'The approval ' || s.approval_id || ' depends on what was not there: ' || left(s.conditions, 300) || '.'
        when 'no limit' then 'The approval ' || s.approval_id || ' has no limit in time, which policy does not allow.'
      end
    ) as words
  from stated as s
  group by s.deployment_id, s.part
),
whole as (
  select
    deployment_id,
    max(state) filter (where part = 'deployment') as own_state,
    count(*) filter (where part <> 'deployment' and state in ('valid', 'unlimited')) as valid_changes,
    bool_or(state = 'valid') filter (where part <> 'deployment') as is_any_limited,
    bool_or(state = 'not valid') as is_any_invalid,
    min(words) filter (where state = 'not valid') as words
  from part_state
  group by deployment_id
),
approved as (
  select deployment_id, list_sort(list(distinct approval_id)) as approvals
  from stated
  group by deployment_id
),
judged as (
  select
    d.deployment_id,
    d.service,
    d.environment,
    d.occurred_at,
    coalesce(a.approvals, []) as approvals,
    w.words,
    g.approvals as direct_approvals,
    q.has_request,
    case
      when e.deployment_id is not null then 'emergency'
      when w.own_state in ('valid', 'unlimited') then w.own_state
      when w.valid_changes = b.changes and w.is_any_limited then 'valid'
      when w.valid_changes = b.changes then 'unlimited'
      when w.is_any_invalid then 'not valid'
      else 'none'
    end as state
  from controls.production_deployment as d
  left join whole as w on w.deployment_id = d.deployment_id
  left join controls.deployment_change_count as b on b.deployment_id = d.deployment_id
  left join approved as a on a.deployment_id = d.deployment_id
  left join controls.emergency_deployment as e on e.deployment_id = d.deployment_id
  join controls.deployment_requests as q on q.deployment_id = d.deployment_id
  left join controls.direct_approval as g on g.deployment_id = d.deployment_id
)
select
  'deployment' as unit_kind,
  deployment_id as unit,
  service,
  environment,
  occurred_at,
  null::timestamptz as due_at,
  case state
    when 'emergency' then 'not_applicable'
    when 'unlimited' then 'not_applicable'
    when 'valid' then 'pass'
    when 'not valid' then 'fail'
    else 'missing'
  end as verdict,
  case state
    when 'emergency' then 'The deployment goes by an emergency request, which EMG-01 judges.'
    when 'unlimited' then 'The approval of the deployment has no limit in time, which policy allows.'
    when 'valid' then 'The approval of the deployment held when it began.'
    when 'not valid' then 'No approval of the deployment held when it began. ' || words
    else
      case when has_request then 'No approval of the request of the deployment was found from before it began.' else 'The deployment names no change request, so that no approval of one could hold.' end
      || coalesce(' That the deployment itself was approved (' || direct_approvals || ') does not count here: what is asked for is the approval of a change request.', '')
  end as reason,
  approvals as evidence,
  ['change_request_approval'] as missing,
  []::varchar[] as findings
from judged
order by unit
