/*
control: TST-02
title: Required tests ran and passed on this artifact
question: Did each required suite pass, last before the deployment, on what was deployed?
grain: one row per production deployment
rule: >
  Of each suite asked for, the last run on the deployed digest, commit or version before it began passed. Suites that are parts of one, such as shards, must all have. A run that passed only
  because more cases were left out than in the failed run before counts as failed, one that left out all cases as not run
version: 1
units: [deployment]
severity: high
owner: Engineering
needs:
  - { of: test_result, as: supporting }
parameters:
  suites:
    default: [unit, integration]
    description: Suites that must have passed; a word of the suite's name, or its kind.
  types_without:
    default: []
    description: Types of change request for which no suite is asked for.
frameworks:
  cobit: [BAI07.05]
  soc2: [CC8.1]
  iso_27001: ["8.29"]
  pci_dss: ["6.5.1"]
  nist_800_53: [CM-3(2), SA-11]
  eu_dora_rts: [16(2), 17(1)(c)(iii)]
  cfr_21_part_11: [11.10(a)]
  annex_11: ["4"]
  ssdf: [PW.8]
remedy: Let the pipeline deploy only what its suites passed on, and keep their reports with the commit.
steps:
  - when: "failed when last run"
    do: "Look whether what failed matters in production, mend it and deploy what passed. That {unit} went out on a failed suite stays a deviation."
  - when: "Passed only with more cases left out"
    do: "Look at the cases that were left out, and run them. What happened stays a deviation."
  - when: "ran only after"
    do: "If it passed afterwards, write that down; that it was not run before stays a deviation."
  - when: "no run was found of the suite"
    do: "If it ran, have its report collected with the commit, the version or the digest. If not, run it now on what was deployed; that it was not run before stays a deviation."
  - when: "is not told"
    do: "Let the report of the suite say how it ended."
*/
with name as (
  select
    suite,
    kind,
    ' ' || regexp_replace(lower(coalesce(suite, '')), '[^\p{L}\p{N}]+', ' ', 'g') || ' ' as words,
    lower(kind) as kind_word
  from model.test_result
  group by suite, kind
),
required as (
  select lower(unnest(getvariable('tst_02_suites'))) as required
),
meaning as (
  select n.suite, n.kind, r.required
  from name as n
  cross join required as r
  where n.kind_word = r.required or contains(n.words, ' ' || r.required || ' ')
),
run as (
  select
    t.deployment_id, m.required, t.test_result_id, t.suite, t.is_before, t.outcome, t.finished_at,
    coalesce(t.skipped, 0) as skipped,
    coalesce(t.total > 0 and t.skipped >= t.total, false) as is_empty,
    lag(t.outcome) over earlier as outcome_before,
    lag(coalesce(t.skipped, 0)) over earlier as skipped_before,
    lead(t.test_result_id) over earlier is null as is_last
  from controls.deployment_test as t
  join meaning as m on m.suite is not distinct from t.suite and m.kind is not distinct from t.kind
  where t.is_before and coalesce(t.outcome, 'unknown') <> 'skipped'
  -- Of two at one instant the one that failed is the later.
  window earlier as (
    partition by t.deployment_id, m.required, t.suite, t.environment
    order by t.finished_at nulls first, t.outcome desc nulls first, t.test_result_id
  )
),
last_run as (
  select
    deployment_id, required, test_result_id, suite,
    case
      when is_empty then 'empty'
      when outcome = 'passed' and outcome_before = 'failed' and skipped > skipped_before then 'left out'
      when outcome in ('passed', 'failed') then outcome
      else 'untold'
    end as outcome
  from run
  where is_last
),
late as (
  select distinct t.deployment_id, m.required
  from controls.deployment_test as t
  join meaning as m on m.suite is not distinct from t.suite and m.kind is not distinct from t.kind
  where not t.is_before
),
suite as (
  select
    d.deployment_id,
    q.required,
    case
      when bool_or(l.outcome in ('failed', 'left out')) then 'failed'
      when bool_or(l.outcome = 'untold') then 'untold'
      when bool_or(l.outcome = 'passed') then 'passed'
      when bool_or(a.deployment_id is not null) then 'late'
      else 'missing'
    end as state
  from controls.production_deployment as d
  cross join required as q
  left join last_run as l on l.deployment_id = d.deployment_id and l.required = q.required
  left join late as a on a.deployment_id = d.deployment_id and a.required = q.required
  group by d.deployment_id, q.required
),
-- Most suites passed: what is told of the others is gathered from those alone.
unmet as (
  select
    deployment_id,
    array_to_string(list_sort(list(required) filter (where state = 'late')), ', ') as late,
    array_to_string(list_sort(list(required) filter (where state = 'missing')), ', ') as missing,
    array_to_string(list_sort(list(required) filter (where state = 'untold')), ', ') as untold
  from suite
  where state in ('late', 'missing', 'untold')
  group by deployment_id
),
failed_suite as (
  select
    deployment_id,
    required,
    array_to_string(list_sort(list(suite) filter (where outcome = 'failed')), ', ') as failed,
    array_to_string(list_sort(list(suite) filter (where outcome = 'left out')), ', ') as left_out
  from last_run
  where outcome in ('failed', 'left out')
  group by deployment_id, required
),
failed as (
  select deployment_id, string_agg(failed, ', ' order by required) as failed, string_agg(left_out, ', ' order by required) as left_out
  from failed_suite
  group by deployment_id
),
result as (
  select deployment_id, list_sort(list(distinct test_result_id)) as results
  from last_run
  group by deployment_id
),
whole as (
  select d.deployment_id, f.failed, f.left_out, u.late, u.missing, u.untold, r.results
  from controls.production_deployment as d
  left join unmet as u on u.deployment_id = d.deployment_id
  left join failed as f on f.deployment_id = d.deployment_id
  left join result as r on r.deployment_id = d.deployment_id
  where exists (select 1 from required)
),
request_type as (
  select q.deployment_id, bool_and(coalesce(list_contains(getvariable('tst_02_types_without'), r.type), false)) as is_without, min(r.type) as type
  from model.deployment_request as q
  join model.change_request as r on r.change_request_id = q.change_request_id
  group by q.deployment_id
)
select
  'deployment' as unit_kind,
  d.deployment_id as unit,
  d.service,
  d.environment,
  d.occurred_at,
  null::timestamptz as due_at,
  case
    when w.deployment_id is null or t.is_without then 'not_applicable'
    when w.failed is not null or w.left_out is not null or w.late is not null then 'fail'
    when w.missing is not null then 'missing'
    when w.untold is not null then 'unknown'
    else 'pass'
  end as verdict,
  case
    when w.deployment_id is null then 'No suite is asked for.'
    when t.is_without then 'A change of the type ' || t.type || ' needs no suite (types_without).'
    when coalesce(w.failed, w.left_out, w.late, w.missing) is not null
      then concat_ws(
        ' ',
        'On ' || coalesce('commit ' || left(d.sha, 12), 'version ' || d.version, 'what was deployed') || ' this failed when last run before the deployment began: ' || w.failed || '.',
        'Passed only with more cases left out than when it failed: ' || w.left_out || '.',
        'On ' || coalesce('commit ' || left(d.sha, 12), 'version ' || d.version, 'what was deployed') || ' this ran only after the deployment began: ' || w.late || '.',
        'On ' || coalesce('commit ' || left(d.sha, 12), 'version ' || d.version, 'what was deployed') || ' no run was found of the suite: ' || w.missing || '.'
      )
    when w.untold is not null then 'How this suite ended is not told: ' || w.untold || '.'
    else 'Passed on what was deployed: ' || array_to_string(list_sort(list_distinct(getvariable('tst_02_suites'))), ', ') || '.'
  end as reason,
  coalesce(w.results, []) as evidence,
  ['test_result'] as missing,
  []::varchar[] as findings
from controls.production_deployment as d
left join whole as w on w.deployment_id = d.deployment_id
left join request_type as t on t.deployment_id = d.deployment_id
order by unit
