/*
control: DEP-03
title: Progressive rollout for critical services
question: Did it reach only some users first, long enough to see whether it works?
grain: one row per production deployment
rule: >
  Asked of services of the tiers listed. Steps of a strategy listed watched it for the bake time in all before the last step (blue and green: the last too), and no step went on after one that
  failed; or copies of the environment got it one after the other with that time between the first and the last. Rollbacks, and what never went live without a step, need none
version: 1
units: [deployment]
severity: low
owner: Platform
needs:
  - { of: rollout_step, as: supporting }
parameters:
  tiers:
    default: ["1"]
    description: Tiers of service that are rolled out bit by bit.
  strategies:
    default: [canary, blue_green, rings]
    description: Ways to go out that count, of canary, blue_green, rings and rolling.
  bake_minutes:
    default: 30
    unit: minutes
    description: How long it must be watched before it reaches everybody.
frameworks:
  cobit: [BAI07.06]
  soc2: [A1.2, CC8.1]
  nist_800_53: [CM-3, SI-2]
remedy: Let a canary or ring run for the bake time before the next step.
steps:
  - when: "No canary, ring or blue-green"
    do: "If it went out step by step, have the steps collected (records of rollout_step naming {unit}). If it reached everybody at once, that stays a deviation."
  - when: "was watched for only"
    do: "That stays a deviation: write down why it could not be watched for longer."
  - when: "went on all the same"
    do: "Check now whether the service is well. What happened stays a deviation: write down why it went on."
*/
with named as (
  select d.deployment_id, r.native_id as name
  from controls.production_deployment as d
  join model.reported_deployment as r on r.deployment_id = d.deployment_id
  where r.native_id <> d.deployment_id
  union all
  select deployment_id, deployment_id as name
  from controls.production_deployment
),
stepped as (
  select
    n.deployment_id,
    s.rollout_step_id,
    s.strategy,
    s.started_at,
    date_diff('second', s.started_at, s.finished_at) as seconds,
    coalesce(s.outcome = 'failed', false) as is_failed,
    row_number() over (partition by n.deployment_id order by s.started_at desc, s.rollout_step_id desc) = 1 as is_last
  from named as n
  join model.rollout_step as s on s.deployment = n.name
  where list_contains(getvariable('dep_03_strategies'), s.strategy)
),
rollout as (
  select
    deployment_id,
    coalesce(sum(seconds) filter (where not is_failed and (not is_last or strategy = 'blue_green')), 0) as baked,
    coalesce(min(started_at) filter (where is_failed) < max(started_at), false) as went_on,
    bool_or(is_failed) as is_failed,
    min(strategy) as strategy,
    list(rollout_step_id order by started_at, rollout_step_id) as steps
  from stepped
  group by deployment_id
),
judged as (
  select
    d.*,
    list_contains(getvariable('dep_03_tiers'), d.tier::varchar) as is_asked,
    coalesce(w.kind = 'rollback', false) as is_rollback,
    coalesce(w.copies > 1 and date_diff('second', w.live_at, w.completed_at) >= getvariable('dep_03_bake_minutes') * 60, false) as is_by_copy,
    o.deployment_id is not null as has_steps,
    coalesce(o.baked, 0) as baked,
    coalesce(o.went_on, false) as went_on,
    coalesce(o.is_failed, false) as is_stopped,
    coalesce(o.steps, []) as steps
  from controls.production_deployment as d
  left join model.wave as w on w.wave_id = d.wave_id
  left join rollout as o on o.deployment_id = d.deployment_id
),
said as (
  select
    j.*,
    case when baked < 60 then baked || ' s' when baked < 3600 then (baked // 60) || ' min' when baked < 172800 then (baked // 3600) || ' h' else (baked // 86400) || ' days' end as baked_words
  from judged as j
)
select
  'deployment' as unit_kind,
  deployment_id as unit,
  service,
  environment,
  occurred_at,
  null::timestamptz as due_at,
  case
    when not coalesce(is_asked, false) or is_rollback then 'not_applicable'
    when status = 'in_progress' then 'not_due'
    when live_at is null and not has_steps then 'not_applicable'
    when went_on then 'fail'
    when is_by_copy or baked >= getvariable('dep_03_bake_minutes') * 60 or (is_stopped and live_at is null) then 'pass'
    when has_steps then 'fail'
    else 'missing'
  end as verdict,
  case
    when tier is null then 'No tier of the service is known.'
    when not is_asked then 'The service is of tier ' || tier || ', of which no gradual roll-out is asked.'
    when is_rollback then 'The deployment is a rollback, which reaches everybody at once.'
    when status = 'in_progress' then 'The deployment is still running.'
    when live_at is null and not has_steps then 'The deployment never went live.'
    when went_on then 'A step of the roll-out failed, and the deployment went on all the same.'
    when baked >= getvariable('dep_03_bake_minutes') * 60 then 'The deployment was watched for ' || baked_words || ' before it reached everybody.'
    when is_by_copy then 'Copies of the environment got the deployment one after the other, with enough time between the first and the last.'
    when is_stopped and live_at is null then 'A step of the roll-out failed, and the deployment went no further.'
    when has_steps
      then 'The deployment was watched for only ' || baked_words || ' of the ' || getvariable('dep_03_bake_minutes') || ' min asked for before it reached everybody.'
    else 'No canary, ring or blue-green step is recorded for the deployment, nor did copies of its environment get it with ' || getvariable('dep_03_bake_minutes') || ' min between the first and the last.'
  end as reason,
  steps as evidence,
  ['rollout_step'] as missing,
  []::varchar[] as findings
from said
order by unit
