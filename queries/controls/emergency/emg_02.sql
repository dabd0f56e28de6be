/*
control: EMG-02
title: Emergency change reviewed after implementation
question: Was the emergency looked at again within days, allowed after the fact by somebody who did not carry it out, and made good?
grain: one row per change request
rule: >
  Reviews within the days after its last deployment by a named person who deployed none of it say together all that is asked for: its outcome, that it is approved, and that tests and documents were
  made good. Not due before those days are over
version: 1
units: [change_request]
severity: critical
owner: Change management
needs:
  - { of: post_implementation_review, as: supporting }
parameters:
  days:
    default: 5
    unit: days
    description: Time after the last deployment within which it must be reviewed.
  asked:
    default: [outcome, is_approved, tests_made_good, documents_made_good]
    description: What reviews must say, of outcome, is_approved, tests_made_good and documents_made_good.
frameworks:
  cobit: [BAI06.02, BAI07.08]
  soc2: [CC8.1]
  iso_27001: ["8.32"]
  nist_800_53: [CM-3(f)]
  eu_dora_rts: [17(1)(g)]
  cfr_21_part_11: [11.10(k)]
remedy: Review each emergency within days with somebody who did not carry it out; run the tests and write the documents that were left out.
steps:
  - when: "No review of this emergency"
    do: "If it was reviewed, record that review (post_implementation_review) with who, when, outcome and approval. If not, hold it now; that it is late stays a deviation."
  - when: "after it was due"
    do: "That stays a deviation: write down why the review came late."
  - when: "does not say who reviewed"
    do: "Add the name of who reviewed to the record of the review."
  - when: "reviewed only by people who carried it out"
    do: "Have somebody who did not carry it out review it now and record that."
  - when: "do not say"
    do: "Add to the record of the review what it does not say, if it was done; else do it now."
  - when: "nothing says who carried it out"
    do: "Let the deployment of {unit} say who began it."
*/
with emergency as (
  select *, implemented_at + to_days(getvariable('emg_02_days')::integer) as due_at
  from controls.request_course
  where type = 'emergency'
),
implementer as (
  select distinct p.change_request_id, coalesce(k.person_id, 'identity/' || lower(d.deployer)) as person
  from controls.deployment_part as p
  join emergency as e on e.change_request_id = p.change_request_id
  join controls.production_deployment as d on d.deployment_id = p.deployment_id
  left join model.person_login as k on k.login = d.deployer
  where nullif(trim(d.deployer), '') is not null
),
known as (
  select change_request_id, count(*) as implementers
  from implementer
  group by change_request_id
),
review as (
  select
    e.change_request_id,
    v.*,
    v.held_at <= e.due_at as is_in_time,
    nullif(trim(v.reviewer), '') is null as is_nameless,
    i.person is not null as is_own
  from emergency as e
  join controls.request_review as r on r.change_request_id = e.change_request_id
  join model.post_implementation_review as v on v.post_implementation_review_id = r.post_implementation_review_id
  left join model.person_login as k on k.login = v.reviewer
  left join implementer as i on i.change_request_id = e.change_request_id and i.person = coalesce(k.person_id, 'identity/' || lower(v.reviewer))
  where v.held_at >= e.occurred_at
),
reviewed as (
  select
    change_request_id,
    bool_or(is_in_time) as is_in_time,
    bool_or(is_in_time and not is_nameless) as is_named,
    bool_or(is_in_time and not is_nameless and not is_own) as is_independent,
    bool_or(outcome is not null and is_in_time and not is_nameless and not is_own) as has_outcome,
    bool_or(coalesce(is_approved, false) and is_in_time and not is_nameless and not is_own) as is_approved,
    bool_or(coalesce(tests_made_good, false) and is_in_time and not is_nameless and not is_own) as tests_made_good,
    bool_or(coalesce(documents_made_good, false) and is_in_time and not is_nameless and not is_own) as documents_made_good,
    min(held_at) as held_at,
    list_sort(list(post_implementation_review_id)) as reviews
  from review
  group by change_request_id
),
said as (
  select
    *,
    list_filter(
      [
        case when list_contains(getvariable('emg_02_asked'), 'outcome') and not has_outcome then 'what it found' end,
        case when list_contains(getvariable('emg_02_asked'), 'is_approved') and not is_approved then 'that the change is approved' end,
        case when list_contains(getvariable('emg_02_asked'), 'tests_made_good') and not tests_made_good then 'that tests were made good' end,
        case when list_contains(getvariable('emg_02_asked'), 'documents_made_good') and not documents_made_good then 'that documents were made good' end
      ],
      lambda gap: gap is not null
    ) as gaps
  from reviewed
),
judged as (
  select
    u.change_request_id,
    u.service,
    u.occurred_at,
    u.type,
    u.is_void,
    u.implemented_at,
    e.due_at,
    k.implementers is not null as is_implementer_known,
    s.change_request_id is not null as has_review,
    coalesce(s.is_in_time, false) as is_in_time,
    coalesce(s.is_named, false) as is_named,
    coalesce(s.is_independent, false) as is_independent,
    coalesce(s.gaps, []) as gaps,
    s.held_at,
    date_diff('second', e.due_at, s.held_at) as late_seconds,
    coalesce(s.reviews, []) as reviews,
    coalesce(e.due_at > getvariable('as_of')::timestamptz, true) as is_early
  from controls.request_course as u
  left join emergency as e on e.change_request_id = u.change_request_id
  left join known as k on k.change_request_id = u.change_request_id
  left join said as s on s.change_request_id = u.change_request_id
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
    when is_independent and len(gaps) = 0 and is_implementer_known then 'pass'
    when is_early then 'not_due'
    when is_independent and len(gaps) = 0 then 'unknown'
    when has_review then 'fail'
    else 'missing'
  end as verdict,
  case
    when type is null then 'The request has no type.'
    when type <> 'emergency' then 'The request is a ' || type || ' change, not an emergency.'
    when is_void then 'The request was called off before anything was deployed.'
    when is_independent and len(gaps) = 0 and is_implementer_known then 'Somebody who did not carry the change out reviewed and approved it in time, and what was left out was made good.'
    when implemented_at is null then 'Nothing was deployed by the request yet.'
    when is_early then 'The change need not be reviewed before ' || strftime(timezone(getvariable('time_zone'), due_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || '.'
    when is_independent and len(gaps) = 0 then 'The change was reviewed in time, but nothing says who carried it out.'
    when has_review and not is_in_time
      then 'The first review of the change came at ' || strftime(timezone(getvariable('time_zone'), held_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ', '
      || case when late_seconds < 60 then late_seconds || ' s' when late_seconds < 3600 then (late_seconds // 60) || ' min' when late_seconds < 172800 then (late_seconds // 3600) || ' h' else (late_seconds // 86400) || ' days' end || ' after it was due.'
    when has_review and not is_named then 'The review of the change does not say who reviewed.'
    when has_review and not is_independent then 'The change was reviewed only by people who carried it out.'
    when has_review then 'The reviews of the change do not say: ' || array_to_string(gaps, ', ') || '.'
    else 'No review of this emergency change was found; it was due by ' || strftime(timezone(getvariable('time_zone'), due_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ', ' || getvariable('emg_02_days') || ' days after it was done.'
  end as reason,
  reviews as evidence,
  ['post_implementation_review'] as missing,
  []::varchar[] as findings
from judged
order by unit
