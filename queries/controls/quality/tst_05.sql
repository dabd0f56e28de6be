/*
control: TST-05
title: Acceptance signed off where required
question: Did the business sign the release off before it went to production?
grain: one row per release
rule: >
  The last sign-off about the release that is not known to be later than the beginning of its first production deployment accepts it. Not asked for where all its change requests are of types that need none, or its
  release is of such a kind
version: 1
units: [release]
severity: medium
owner: Product
needs:
  - { of: evidence, as: supporting }
parameters:
  kinds:
    default: [acceptance, acceptance_test, uat, user_acceptance, sign_off, business_sign_off]
    description: Kinds of evidence that are a sign-off.
  outcomes:
    default: [accepted, approved, passed, signed, signed_off, ok, success, "yes"]
    description: Outcomes that accept it.
  types_without:
    default: [standard, emergency]
    description: Types of change request, and kinds of release, that need no sign-off.
frameworks:
  cobit: [BAI07.03, BAI07.05]
  soc2: [CC8.1]
  iso_27001: ["8.29"]
  cfr_21_part_11: ["11.50"]
  annex_11: ["4"]
remedy: Have the release signed off before it goes to production, and record by whom and when.
steps:
  - when: "No sign-off of the release"
    do: "If the business accepted it, record that (evidence of kind acceptance, with who, when and outcome). If not, ask for it now; that it went out without stays a deviation."
  - when: "only at"
    do: "That stays a deviation: write down why the sign-off could not be waited for."
  - when: "does not say what came of it"
    do: "Let the record of the sign-off say its outcome."
  - when: "does not accept it"
    do: "Ask why {unit} went out all the same, and take it back or have it accepted. What happened stays a deviation."
*/
with kind as (
  select lower(unnest(getvariable('tst_05_kinds'))) as kind
),
accepting as (
  select lower(unnest(getvariable('tst_05_outcomes'))) as outcome
),
signed as (
  select
    e.release_id, e.evidence_id, e.outcome, e.is_before, e.occurred_at, a.outcome is not null as is_accepted,
    row_number() over (
      partition by e.release_id order by e.is_before desc, e.occurred_at desc nulls last, a.outcome is not null, e.evidence_id
    ) as recency
  from controls.release_evidence as e
  join kind as k on k.kind = e.kind
  left join accepting as a on a.outcome = e.outcome
),
type as (
  select
    release_id,
    bool_and(list_contains(getvariable('tst_05_types_without'), type)) as is_without,
    string_agg(type, ', ' order by type) as types
  from controls.release_type
  group by release_id
),
fact as (
  select
    r.release_id,
    coalesce(t.types, p.kind) as types,
    coalesce(t.is_without, list_contains(getvariable('tst_05_types_without'), p.kind), false) as is_without,
    s.evidence_id,
    s.outcome,
    s.is_before,
    s.is_accepted,
    s.occurred_at
  from controls.production_release as r
  left join type as t on t.release_id = r.release_id
  left join model.release as p on p.service = r.service and p.version = r.version
  left join signed as s on s.release_id = r.release_id and s.recency = 1
)
select
  'release' as unit_kind,
  r.release_id as unit,
  r.service,
  null as environment,
  r.went_live_at as occurred_at,
  null::timestamptz as due_at,
  case
    when f.is_without then 'not_applicable'
    when f.evidence_id is null then 'missing'
    when not f.is_before then 'fail'
    when f.is_accepted then 'pass'
    when f.outcome is null then 'unknown'
    else 'fail'
  end as verdict,
  case
    when f.is_without then 'A release of the type ' || f.types || ' needs no sign-off (types_without).'
    when f.evidence_id is null then 'No sign-off of the release was found.'
    when not f.is_before
      then 'The release was signed off only at ' || strftime(timezone(getvariable('time_zone'), f.occurred_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ', after its first production deployment had begun.'
    when f.is_accepted
      then 'The release was signed off' || coalesce(' at ' || strftime(timezone(getvariable('time_zone'), f.occurred_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone'), '') || ', before its first production deployment began.'
    when f.outcome is null then 'The sign-off of the release does not say what came of it.'
    else 'The sign-off of the release does not accept it: its outcome is ' || f.outcome || '.'
  end as reason,
  case when f.evidence_id is null then [] else [f.evidence_id] end as evidence,
  ['evidence'] as missing,
  []::varchar[] as findings
from controls.production_release as r
join fact as f on f.release_id = r.release_id
order by unit
