/*
control: RBK-03
title: Readiness review done
question: Did a named person find everything ready before production?
grain: one row per change request
rule: >
  Before its first production deployment (else its planned start) a review of the request, or of a version that it deploys, by a named person found it ready, with all of the checklist there
version: 1
units: [change_request]
severity: medium
owner: Release management
needs:
  - { of: readiness_review, as: supporting }
parameters:
  checklist:
    default: [rollback_plan, communication_plan, support_cover, monitoring]
    description: What must be there, of rollback_plan, communication_plan, support_cover, monitoring, health_checks and premortem.
  free_risks:
    default: [low]
    description: Risk classes that need no review.
  free_types:
    default: [standard, emergency]
    description: Types of change that need no review; EMG-01 judges emergencies.
frameworks:
  cobit: [BAI07.01, BAI07.06]
  soc2: [CC8.1]
  iso_27001: ["5.8", "8.32"]
  eu_dora_rts: [17(1)(c)(ii), 17(1)(d)]
remedy: Go through the checklist with a named person before the deployment, and record the review.
steps:
  - when: "No readiness review of the request"
    do: "If it was held, record it (readiness_review) with who, when, outcome and checklist. If not, that stays a deviation: write down in {unit} why it went without."
  - when: "after the change had begun"
    do: "That stays a deviation: write down in {unit} why the review could not be waited for."
  - when: "but lacks: "
    do: "Add to the record of the review what was there and is only not recorded. What was not there stays a deviation."
  - when: "not ready"
    do: "Ask why {unit} went all the same. What happened stays a deviation."
*/
with review_of as (
  select r.change_request_id, v.readiness_review_id
  from model.change_request_name as r
  join model.readiness_review as v on v.change_request = r.reference
  union
  select x.change_request_id, v.readiness_review_id
  from controls.request_version as x
  join model.readiness_review as v on v.service = x.service and v.version = x.version
),
reviewed as (
  select
    o.change_request_id,
    v.readiness_review_id,
    v.reviewed_at,
    v.reviewed_at <= u.go_at as is_before,
    v.outcome = 'ready' as is_ready,
    list_filter(
      [
        case when list_contains(getvariable('rbk_03_checklist'), 'rollback_plan') and not coalesce(v.has_rollback_plan, false) then 'a rollback plan' end,
        case when list_contains(getvariable('rbk_03_checklist'), 'communication_plan') and not coalesce(v.has_communication_plan, false) then 'a communication plan' end,
        case when list_contains(getvariable('rbk_03_checklist'), 'support_cover') and not coalesce(v.has_support_cover, false) then 'people at hand afterwards' end,
        case when list_contains(getvariable('rbk_03_checklist'), 'monitoring') and not coalesce(v.has_monitoring, false) then 'monitoring' end,
        case when list_contains(getvariable('rbk_03_checklist'), 'health_checks') and not coalesce(v.has_health_checks, false) then 'health checks of the target' end,
        case when list_contains(getvariable('rbk_03_checklist'), 'premortem') and not coalesce(v.has_premortem, false) then 'a pre-mortem' end,
        case when nullif(trim(v.reviewer), '') is null then 'the name of who reviewed' end
      ],
      lambda gap: gap is not null
    ) as gaps
  from review_of as o
  join model.readiness_review as v on v.readiness_review_id = o.readiness_review_id
  join controls.request_course as u on u.change_request_id = o.change_request_id
),
review as (
  select
    change_request_id,
    bool_or(is_before and is_ready and len(gaps) = 0) as is_good,
    bool_or(is_before and not is_ready) as is_refused,
    min(array_to_string(gaps, ', ')) filter (where is_before and is_ready and len(gaps) > 0) as gaps,
    min(reviewed_at) filter (where not is_before) as late_at,
    list_sort(list(readiness_review_id)) as reviews
  from reviewed
  group by change_request_id
),
request as (
  select
    u.*,
    coalesce(v.is_good, false) as is_good,
    coalesce(v.is_refused, false) as is_refused,
    v.gaps,
    v.late_at,
    coalesce(v.reviews, []) as reviews,
    coalesce(list_contains(getvariable('rbk_03_free_types'), u.type), false) as is_free_type,
    coalesce(list_contains(getvariable('rbk_03_free_risks'), u.risk), false) as is_free_risk,
    coalesce(u.go_at >= getvariable('as_of'), true) as is_ahead
  from controls.request_course as u
  left join review as v on v.change_request_id = u.change_request_id
)
select
  'change_request' as unit_kind,
  change_request_id as unit,
  service,
  null as environment,
  occurred_at,
  case when go_at >= occurred_at then go_at end as due_at,
  case
    when is_void or is_free_type or is_free_risk then 'not_applicable'
    when is_good then 'pass'
    when is_ahead then 'not_due'
    when gaps is not null or is_refused or late_at is not null then 'fail'
    else 'missing'
  end as verdict,
  case
    when is_void then 'The request was called off before anything was deployed.'
    when is_free_type and type = 'emergency' then 'The request is an emergency, which EMG-01 judges.'
    when is_free_type then 'Requests of this type (' || type || ') need no readiness review.'
    when is_free_risk then 'Requests of this risk (' || risk || ') need no readiness review.'
    when is_good then 'A readiness review before the change was made found everything there.'
    when is_ahead then 'Nothing was deployed by the request yet.'
    when gaps is not null then 'The readiness review found the change ready, but lacks: ' || gaps || '.'
    when is_refused then 'The readiness review before the change was made found it not ready.'
    when late_at is not null then 'The readiness review came at ' || strftime(timezone(getvariable('time_zone'), late_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ', after the change had begun at ' || strftime(timezone(getvariable('time_zone'), go_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || '.'
    else 'No readiness review of the request was found; the change began at ' || strftime(timezone(getvariable('time_zone'), go_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || '.'
  end as reason,
  reviews as evidence,
  ['readiness_review'] as missing,
  []::varchar[] as findings
from request
order by unit
