/*
control: PIR-01
title: Review held where required; actions closed
question: Was what failed, was rolled back or was of high risk reviewed in time, and are the actions that were due done?
grain: one row per change request, and one per release that went to production
rule: >
  Asked where a production deployment of it failed or was rolled back, or a request is of a risk listed. A review by a named person within the days after it says what was not as expected and what to
  do otherwise, and no action of its reviews is open after its day
version: 1
units: [change_request, release]
severity: medium
owner: Change management
needs:
  - { of: post_implementation_review, as: supporting }
  - { of: action, as: adverse }
parameters:
  days:
    default: 14
    unit: days
    description: Time after the last deployment, or after it failed, within which it must be reviewed.
  risks:
    default: [high]
    description: Risk classes that are always reviewed.
frameworks:
  cobit: [BAI07.08]
  soc2: [CC4.2, CC7.5]
  iso_27001: ["5.27", cl. 10.2]
  nist_800_53: [CA-5, IR-4]
  eu_dora: [13(2)]
remedy: Hold the review, write down what was not as expected and who does what until when, and close the actions that are due.
steps:
  - when: "still open after the day set"
    do: "Close those actions when they are done, or set them a new day with a reason."
  - when: "no review was found"
    do: "If it was held, record it (post_implementation_review) for {unit}, with who, when, what was not as expected and what to do otherwise. If not, hold it now; that it is late stays a deviation."
  - when: "after it was due"
    do: "That stays a deviation: write down why the review came late."
  - when: "does not say"
    do: "Add to the record of the review what it does not say."
  - when: "of what risk it is"
    do: "Set the risk of the change request."
*/
with failure as (
  select
    f.*,
    'The deployment ' || r.native_id || case when not f.is_failed_attempt then ' was rolled back' when f.rolled_back_at is null then ' failed' else ' failed and was rolled back' end as words
  from controls.failed_deployment as f
  join model.reported_deployment as r on r.deployment_id = f.deployment_id
),
request_failure as (
  select p.change_request_id, max(f.failed_at) as failed_at, max_by(f.words, {'failed_at': f.failed_at, 'id': f.deployment_id}) as failed_words
  from failure as f
  join controls.deployment_part as p on p.deployment_id = f.deployment_id
  where p.change_request_id is not null
  group by p.change_request_id
),
release_failure as (
  select l.release_id, max(f.failed_at) as failed_at, max_by(f.words, {'failed_at': f.failed_at, 'id': f.deployment_id}) as failed_words
  from failure as f
  join controls.production_deployment as d on d.deployment_id = f.deployment_id
  join controls.production_release as l on l.service = d.service and l.version = d.version
  group by l.release_id
),
release_risk as (
  select
    x.release_id,
    bool_or(coalesce(list_contains(getvariable('pir_01_risks'), r.risk), false)) as is_risky,
    bool_and(r.risk is not null) as is_known
  from controls.release_request as x
  join model.change_request as r on r.change_request_id = x.change_request_id
  group by x.release_id
),
unit as (
  select
    'change_request' as unit_kind,
    u.change_request_id as unit,
    u.service,
    u.occurred_at,
    greatest(u.implemented_at, f.failed_at) as done_at,
    f.failed_at is not null as is_failed,
    f.failed_at,
    f.failed_words,
    coalesce(list_contains(getvariable('pir_01_risks'), u.risk), false) as is_risky,
    u.risk is not null as is_risk_known,
    u.is_void
  from controls.request_course as u
  left join request_failure as f on f.change_request_id = u.change_request_id
  union all
  select
    'release' as unit_kind,
    l.release_id as unit,
    l.service,
    l.went_live_at as occurred_at,
    greatest(w.completed_at, f.failed_at) as done_at,
    f.failed_at is not null as is_failed,
    f.failed_at,
    f.failed_words,
    coalesce(k.is_risky, false) as is_risky,
    coalesce(k.is_known, false) as is_risk_known,
    false as is_void
  from controls.production_release as l
  join model.wave as w on w.wave_id = l.wave_id
  left join release_failure as f on f.release_id = l.release_id
  left join release_risk as k on k.release_id = l.release_id
),
review_of as (
  select 'change_request' as unit_kind, change_request_id as unit, post_implementation_review_id
  from controls.request_review
  union
  select 'release' as unit_kind, x.release_id as unit, r.post_implementation_review_id
  from controls.release_request as x
  join controls.request_review as r on r.change_request_id = x.change_request_id
  union
  select 'release' as unit_kind, l.release_id as unit, v.post_implementation_review_id
  from controls.production_release as l
  join model.post_implementation_review as v on v.service = l.service and v.version = l.version
),
overdue as (
  select v.post_implementation_review_id, list_sort(list(distinct a.action_id)) as actions
  from model.post_implementation_review as v
  join model.action as a on a.review in (v.native_id, v.post_implementation_review_id)
  where
    timezone(getvariable('time_zone'), (a.due_on + 1)::timestamp) <= getvariable('as_of')::timestamptz
    and not (
      coalesce(a.status in ('done', 'dropped'), a.closed_on is not null)
      and coalesce(timezone(getvariable('time_zone'), a.closed_on::timestamp) <= getvariable('as_of')::timestamptz, true)
    )
  group by v.post_implementation_review_id
),
reviewed as (
  select
    u.unit_kind,
    u.unit,
    bool_or(v.held_at <= u.done_at + to_days(getvariable('pir_01_days')::integer)) as is_in_time,
    bool_or(
      v.held_at <= u.done_at + to_days(getvariable('pir_01_days')::integer)
      and nullif(trim(v.reviewer), '') is not null and nullif(trim(v.anomalies), '') is not null and nullif(trim(v.feedback), '') is not null
    ) as is_good,
    min(array_to_string(
      list_filter(
        [
          case when nullif(trim(v.reviewer), '') is null then 'who reviewed' end,
          case when nullif(trim(v.anomalies), '') is null then 'what was not as expected' end,
          case when nullif(trim(v.feedback), '') is null then 'what to do otherwise' end
        ],
        lambda gap: gap is not null
      ),
      ', '
    )) as gaps,
    min(v.held_at) as held_at,
    coalesce(max(len(o.actions)), 0) as overdue,
    list_sort(list(v.post_implementation_review_id)) as reviews,
    list_sort(list_distinct(flatten(list(o.actions) filter (where o.actions is not null)))) as actions
  from unit as u
  join review_of as r on r.unit_kind = u.unit_kind and r.unit = u.unit
  join model.post_implementation_review as v on v.post_implementation_review_id = r.post_implementation_review_id
  left join overdue as o on o.post_implementation_review_id = v.post_implementation_review_id
  where v.held_at >= u.occurred_at
  group by u.unit_kind, u.unit
),
judged as (
  select
    u.*,
    u.done_at + to_days(getvariable('pir_01_days')::integer) as due_at,
    coalesce(r.is_good, false) as is_good,
    coalesce(r.is_in_time, false) as is_in_time,
    r.unit is not null as has_review,
    r.gaps,
    r.held_at,
    date_diff('second', u.done_at + to_days(getvariable('pir_01_days')::integer), r.held_at) as late_seconds,
    coalesce(r.overdue, 0) > 0 as is_overdue,
    len(coalesce(r.actions, [])) as overdue,
    r.actions,
    list_concat(coalesce(r.reviews, []), coalesce(r.actions, [])) as evidence
  from unit as u
  left join reviewed as r on r.unit_kind = u.unit_kind and r.unit = u.unit
),
asked as (
  select
    *,
    coalesce(due_at > getvariable('as_of')::timestamptz, true) as is_early,
    case unit_kind when 'release' then 'release' else 'request' end as noun,
    case
      when is_failed then failed_words || ' at ' || strftime(timezone(getvariable('time_zone'), failed_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone')
      when is_risky then case unit_kind when 'release' then 'A request of the release' else 'The request' end || ' is of a risk that is always reviewed (' || array_to_string(getvariable('pir_01_risks'), ', ') || ')'
    end as cause
  from judged
)
select
  unit_kind,
  unit,
  service,
  null as environment,
  occurred_at,
  case when due_at >= occurred_at then due_at end as due_at,
  case
    when is_void then 'not_applicable'
    when not is_failed and not is_risky then case when is_risk_known then 'not_applicable' else 'unknown' end
    when is_overdue then 'fail'
    when is_good then 'pass'
    when is_early then 'not_due'
    when has_review then 'fail'
    else 'missing'
  end as verdict,
  case
    when is_void then 'The request was called off before anything was deployed.'
    when cause is null and is_risk_known then 'No deployment of the ' || noun || ' failed or was rolled back, and its risk asks for no review.'
    when cause is null then 'No deployment of the ' || noun || ' failed or was rolled back, and nothing says of what risk it is.'
    when is_overdue then cause || '; it was reviewed, but ' || overdue || ' of the actions decided then ' || case when overdue = 1 then 'is' else 'are' end || ' still open after the day set: ' || array_to_string(actions, ', ') || '.'
    when is_good then cause || '; it was reviewed in time, and no action decided then is open after its day.'
    when is_early
      then cause || '; the review need not be held before '
        || coalesce(strftime(timezone(getvariable('time_zone'), due_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone'), 'it is done') || '.'
    when has_review and not is_in_time
      then cause || '; the first review came at ' || strftime(timezone(getvariable('time_zone'), held_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ', '
      || case when late_seconds < 60 then late_seconds || ' s' when late_seconds < 3600 then (late_seconds // 60) || ' min' when late_seconds < 172800 then (late_seconds // 3600) || ' h' else (late_seconds // 86400) || ' days' end || ' after it was due.'
    when has_review then cause || '; its review does not say: ' || gaps || '.'
    else cause || '; no review was found, which was due by ' || strftime(timezone(getvariable('time_zone'), due_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ' (' || getvariable('pir_01_days') || ' days).'
  end as reason,
  evidence,
  ['post_implementation_review'] as missing,
  []::varchar[] as findings
from asked
order by unit_kind, unit
