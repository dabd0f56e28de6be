/*
control: ENV-03
title: No unmasked production data below production
question: Was all production data that was copied in the month to other environments made harmless before it was used?
grain: one row per service and month; copies of no service one row per environment and month
rule: >
  For each copy from production to an environment that is not, a job of a kind asked for ended with success before the data could be used: one that names the copy, or one in that
  environment, of the same service and data where it names them, that began after the copy was made
version: 1
units: [period]
severity: high
owner: Data protection
needs:
  - { of: data_copy, as: adverse }
  - { of: masking_job, as: supporting }
parameters:
  methods:
    default: [masking, subsetting, synthetic]
    description: What makes data harmless. A job that does not say what it did counts as masking.
  personal_only:
    default: false
    description: Whether a copy that is said to hold no personal data needs no job.
frameworks:
  soc2: [C1.1, CC8.1]
  iso_27001: ["8.11", "8.33"]
  pci_dss: ["6.5.5", "6.5.6"]
  hipaa: [164.308(a)(4), 164.514(b)]
  gdpr: [5(1)(c), "25", 32(1)(a)]
  eu_dora_rts: ["16"]
remedy: Mask or cut down data on its way, before anybody can read it; delete the copy that was not.
steps:
  - when: "no masking of"
    do: "If the copy was masked, have that job collected (records of masking_job, naming the copy). If not, mask it or delete it now, and tell data protection who could read it."
  - when: "failed"
    do: "Mask the copy again or delete it now, and tell data protection who could read it."
  - when: "was masked"
    do: "Tell data protection who could read the copy before it was masked. That stays a deviation."
*/
with copy as (
  select
    c.data_copy_id, c.native_id, c.source, c.service, c.dataset, c.to_environment, c.copied_at, c.used_from,
    strftime(timezone(getvariable('time_zone'), c.copied_at), '%Y-%m') as month
  from model.data_copy as c
  left join model.environment as origin on origin.environment = c.from_environment
  left join model.environment as target on target.environment = c.to_environment
  where
    c.copied_at is not null
    and coalesce(origin.kind, c.from_environment) = 'production'
    and coalesce(target.kind, c.to_environment) <> 'production'
    and (coalesce(c.has_personal_data, true) or not getvariable('env_03_personal_only'))
),
job as (
  select *
  from model.masking_job
  where list_contains(getvariable('env_03_methods'), coalesce(method, 'masking'))
),
worked as (
  select c.data_copy_id, c.used_from, j.masking_job_id, j.outcome, j.finished_at
  from copy as c
  join job as j on j.source = c.source and j.data_copy = c.native_id
  union
  select c.data_copy_id, c.used_from, j.masking_job_id, j.outcome, j.finished_at
  from copy as c
  join job as j on j.data_copy = c.data_copy_id
  union
  select c.data_copy_id, c.used_from, j.masking_job_id, j.outcome, j.finished_at
  from copy as c
  join job as j on j.environment = c.to_environment
  where
    j.data_copy is null
    and coalesce(j.service = c.service, true)
    and coalesce(j.dataset = c.dataset, true)
    and coalesce(j.started_at, j.finished_at) >= c.copied_at
),
masked as (
  select
    data_copy_id,
    coalesce(bool_or(outcome = 'passed' and finished_at <= used_from), false) as is_in_time,
    min(finished_at) filter (where outcome = 'passed') as late_at,
    coalesce(bool_or(outcome = 'failed'), false) as is_failed,
    list_sort(list(masking_job_id)) as jobs
  from worked
  group by data_copy_id
),
judged as (
  select
    c.service,
    case when c.service is null then c.to_environment end as environment,
    c.month,
    c.data_copy_id,
    case
      when coalesce(m.is_in_time, false) then 'pass'
      when m.late_at is not null or m.is_failed then 'fail'
      when c.used_from >= getvariable('as_of') then 'not due'
      else 'missing'
    end as state,
    case
      when m.late_at is not null then c.data_copy_id || ' (in ' || coalesce(c.to_environment, 'no known place') || ') was masked ' || (date_diff('second', c.used_from, m.late_at) // 60) || ' min after it could be used'
      when m.is_failed then 'the masking of ' || c.data_copy_id || ' (in ' || coalesce(c.to_environment, 'no known place') || ') failed'
      else 'no masking of ' || c.data_copy_id || ' (in ' || coalesce(c.to_environment, 'no known place') || ') was found'
    end as words,
    coalesce(m.jobs, []) as jobs
  from copy as c
  left join masked as m on m.data_copy_id = c.data_copy_id
),
whole as (
  select
    service,
    environment,
    month,
    count(*) as copies,
    count(*) filter (where state = 'fail') as failed,
    count(*) filter (where state = 'missing') as missing,
    count(*) filter (where state = 'not due') as waiting,
    string_agg(words, ', ' order by data_copy_id) filter (where state in ('fail', 'missing')) as words,
    list_concat(list(data_copy_id order by data_copy_id), list_sort(flatten(list(jobs)))) as evidence
  from judged
  group by service, environment, month
),
beginning as (
  select service, min(occurred_at) as began_at
  from (
    select service, occurred_at from controls.production_deployment
    union all
    select service, copied_at as occurred_at from copy where service is not null
  )
  group by service
),
month as (
  select
    b.service,
    unnest(
      generate_series(
        date_trunc('month', timezone(getvariable('time_zone'), b.began_at)),
        date_trunc('month', timezone(getvariable('time_zone'), getvariable('as_of') - interval 1 microsecond)),
        interval 1 month
      )
    ) as month_start
  from beginning as b
),
unit as (
  select service, null as environment, strftime(month_start, '%Y-%m') as month, month_start
  from month
  union all
  select distinct null as service, environment, month, strptime(month || '-01', '%Y-%m-%d') as month_start
  from whole
  where service is null
)
select
  'period' as unit_kind,
  coalesce(u.service, 'environment ' || u.environment) || '@' || u.month as unit,
  u.service,
  u.environment,
  timezone(getvariable('time_zone'), u.month_start::timestamp) as occurred_at,
  least(timezone(getvariable('time_zone'), u.month_start::timestamp + interval 1 month), getvariable('as_of')) as due_at,
  case
    when w.month is null then 'nothing'
    when w.failed > 0 then 'fail'
    when w.missing > 0 then 'missing'
    when w.waiting = w.copies then 'not_due'
    else 'pass'
  end as verdict,
  case
    when w.month is null then 'No production data is known to have been copied elsewhere.'
    when w.failed + w.missing > 0 then 'Of ' || w.copies || case when w.copies = 1 then ' copy' else ' copies' end || ' of production data made in the month: ' || w.words || '.'
    when w.waiting = w.copies then 'What was copied could not be used yet.'
    else 'What was copied (' || w.copies || ') was made harmless before it could be used.'
  end as reason,
  coalesce(w.evidence, []) as evidence,
  ['masking_job'] as missing,
  []::varchar[] as findings
from unit as u
left join whole as w on w.service is not distinct from u.service and w.environment is not distinct from u.environment and w.month = u.month
order by unit
