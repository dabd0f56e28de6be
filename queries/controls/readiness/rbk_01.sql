/*
control: RBK-01
title: Rollback plan with triggers, before go
question: Was there a whole plan for the way back before the change was approved?
grain: one row per change request
rule: >
  A rollback plan of the request, or of a version that it deploys, was written before its first approval and has all parts listed; if it changes a schema, also the way back for the
  database, with the script or backup. For the risks listed a sentence in the request is enough. Not due before it goes
version: 1
units: [change_request]
severity: high
owner: Change management
needs:
  - { of: rollback_plan, as: supporting }
  - { of: change_request_approval, as: supporting }
parameters:
  parts:
    default: [application, configuration, triggers, success_metrics]
    description: What a plan must have; the database always, where a schema changes.
  sentence_risks:
    default: [low, medium]
    description: Risk classes for which a sentence in the change request is plan enough.
  free_types:
    default: [standard]
    description: Types of change whose template was approved with its way back.
  empty_words:
    default: [none, no, n/a, na, tbd, todo, "-", "."]
    description: Sentences that are none.
frameworks:
  cobit: [BAI06.01, BAI07.01]
  soc2: [A1.2, CC8.1]
  iso_27001: ["8.32"]
  pci_dss: ["6.5.1"]
  nist_800_53: [CM-3(2), CP-10]
  eu_dora_rts: [17(1)(e)]
remedy: Write down how to go back, what starts it and what tells success, and attach it to the request before it is approved.
steps:
  - when: "No rollback plan of the request"
    do: "If there was a plan, record it (rollback_plan) for {unit}, with the day on which it was written. If not, that stays a deviation once it is deployed."
  - when: "no rollback plan of it was found"
    do: "If there was a whole plan, record it (rollback_plan) for {unit}, with the day on which it was written. If not, that stays a deviation once it is deployed."
  - when: "lacks: "
    do: "Add to the rollback plan of {unit} what it lacks. What is already deployed stays a deviation."
  - when: "after the request had been approved"
    do: "That stays a deviation: write down why it was approved without a plan."
  - when: "no approval was found"
    do: "See what AUT-01 says of the deployments of {unit}."
  - when: "does not say when it was written"
    do: "Let the rollback plan say when it was written (`recorded_at`)."
*/
with approved as (
  select change_request_id, min(decided_at) as approved_at
  from model.change_request_approval
  where decision = 'approved'
  group by change_request_id
),
planned as (
  select
    o.change_request_id,
    p.rollback_plan_id,
    p.recorded_at,
    p.recorded_at <= a.approved_at as is_before,
    list_filter(
      [
        case when list_contains(getvariable('rbk_01_parts'), 'application') and not coalesce(p.covers_application, false) then 'the application' end,
        case when list_contains(getvariable('rbk_01_parts'), 'configuration') and not coalesce(p.covers_configuration, false) then 'the configuration' end,
        case
          when not coalesce(p.covers_database, false) and (coalesce(p.changes_schema, false) or list_contains(getvariable('rbk_01_parts'), 'database')) then 'the database'
        end,
        case when coalesce(p.changes_schema, false) and nullif(trim(p.database_script), '') is null then 'the script or backup for the database' end,
        case when list_contains(getvariable('rbk_01_parts'), 'triggers') and len(p.triggers) = 0 then 'what starts it' end,
        case when list_contains(getvariable('rbk_01_parts'), 'success_metrics') and len(p.success_metrics) = 0 then 'what tells success' end
      ],
      lambda gap: gap is not null
    ) as gaps
  from controls.request_rollback_plan as o
  join model.rollback_plan as p on p.rollback_plan_id = o.rollback_plan_id
  left join approved as a on a.change_request_id = o.change_request_id
),
plan as (
  select
    change_request_id,
    bool_or(len(gaps) = 0 and coalesce(is_before, false)) as is_good,
    bool_or(len(gaps) = 0) as is_whole,
    bool_or(len(gaps) = 0 and recorded_at is null) as is_undated,
    min(recorded_at) filter (where len(gaps) = 0) as written_at,
    min(array_to_string(gaps, ', ')) filter (where len(gaps) > 0) as gaps,
    list_sort(list(rollback_plan_id)) as plans
  from planned
  group by change_request_id
),
request as (
  select
    u.*,
    a.approved_at,
    p.is_good,
    p.is_whole,
    p.is_undated,
    p.written_at,
    p.gaps,
    coalesce(p.plans, []) as plans,
    nullif(trim(r.rollback_plan), '') is not null and not list_contains(getvariable('rbk_01_empty_words'), lower(trim(r.rollback_plan))) as has_sentence,
    coalesce(list_contains(getvariable('rbk_01_sentence_risks'), u.risk), false) as is_sentence_enough,
    coalesce(list_contains(getvariable('rbk_01_free_types'), u.type), false) as is_free,
    coalesce(u.go_at >= getvariable('as_of'), true) as is_ahead
  from controls.request_course as u
  join model.change_request as r on r.change_request_id = u.change_request_id
  left join approved as a on a.change_request_id = u.change_request_id
  left join plan as p on p.change_request_id = u.change_request_id
)
select
  'change_request' as unit_kind,
  change_request_id as unit,
  service,
  null as environment,
  occurred_at,
  case when go_at >= occurred_at then go_at end as due_at,
  case
    when is_void or is_free then 'not_applicable'
    when is_good or (has_sentence and is_sentence_enough) then 'pass'
    when is_ahead then 'not_due'
    when is_whole and approved_at is null then 'missing'
    when is_undated then 'unknown'
    when is_whole or gaps is not null then 'fail'
    else 'missing'
  end as verdict,
  case
    when is_void then 'The request was called off before anything was deployed.'
    when is_free then 'The request is a ' || type || ' change, whose template was approved with its way back.'
    when is_good then 'A whole rollback plan was there before the request was approved.'
    when has_sentence and is_sentence_enough then 'The request says how to go back, which is enough for its risk (' || risk || ').'
    when is_ahead then 'Nothing was deployed by the request yet.'
    when is_whole and approved_at is null then 'The rollback plan of the request is whole, but no approval was found that it came before.'
    when is_undated then 'The rollback plan of the request is whole, but does not say when it was written.'
    when is_whole
      then 'The rollback plan of the request was written at ' || strftime(timezone(getvariable('time_zone'), written_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ', after the request had been approved at '
        || strftime(timezone(getvariable('time_zone'), approved_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || '.'
    when gaps is not null then 'The rollback plan of the request lacks: ' || gaps || '.'
    when has_sentence then 'The request has a sentence about the way back, which is not enough for its risk (' || coalesce(risk, 'not set') || '); no rollback plan of it was found.'
    else 'No rollback plan of the request was found.'
  end as reason,
  plans as evidence,
  case when coalesce(is_whole, false) then ['change_request_approval'] else ['rollback_plan'] end as missing,
  []::varchar[] as findings
from request
order by unit
