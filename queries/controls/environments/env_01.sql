/*
control: ENV-01
title: Promotion order kept, same artifact all the way
question: Did what was deployed go through every required stage, in order, before production?
grain: one row per production deployment
rule: >
  The same commit (where one of the two names none: the same version) of the service was deployed with success to every stage asked for, one after the other, before it began. The same version
  from another commit was built anew. Where its requests are emergencies EMG-01 judges it
version: 1
units: [deployment]
severity: high
owner: Platform engineering
needs:
  - { of: deployment, as: supporting }
parameters:
  stages:
    default: [staging]
    description: Stages in order, each an environment, the name that its copies share, or a kind of environment.
  types_without:
    default: []
    description: Types of change request that may go to production directly.
frameworks:
  cobit: [BAI07.04, BAI07.06]
  soc2: [CC8.1]
  iso_27001: ["8.19", "8.31"]
  pci_dss: ["6.5.3", "6.5.4"]
  nist_800_53: [CM-3(2), SA-10]
  eu_dora_rts: [8(2)(b)(v)]
remedy: Let the pipeline take to production only what it took through the stages before; build once.
steps:
  - when: "was never deployed with success"
    do: "If it was deployed there and that is only not recorded, have that deployment collected. If not, that stays a deviation: write down why it went to production directly, and let the pipeline refuse it the next time."
  - when: "only before an earlier stage"
    do: "That stays a deviation; let the pipeline keep the order of the stages."
  - when: "was built anew"
    do: "Deploy what was tested, not a second build of it; that stays a deviation."
  - when: "neither commit nor version"
    do: "Let the record of {unit} say which commit or version it brought."
*/
with recursive stage as (
  select lower(unnest(getvariable('env_01_stages'))) as stage, generate_subscripts(getvariable('env_01_stages'), 1) as position
),
stage_environment as (
  select distinct s.stage, s.position, e.environment
  from stage as s
  join model.environment as e on s.stage in (lower(e.environment), lower(e.wave), e.kind)
),
staged as (
  select s.stage, s.position, d.deployment_id as staged_id, d.service, d.environment, lower(d.sha) as sha, d.version, d.live_at
  from model.deployment as d
  join stage_environment as s on s.environment = d.environment
  where d.live_at is not null and d.excluded_reason is null
),
deployed as (
  select deployment_id, service, environment, lower(sha) as sha, version, occurred_at
  from controls.production_deployment
),
same as (
  select d.deployment_id, s.stage, s.position, s.staged_id, s.live_at
  from deployed as d
  join staged as s on s.service = d.service and s.sha = d.sha
  where s.live_at < d.occurred_at and s.environment <> d.environment
  union all
  select d.deployment_id, s.stage, s.position, s.staged_id, s.live_at
  from deployed as d
  join staged as s on s.service = d.service and s.version = d.version
  where (s.sha is null or d.sha is null) and s.live_at < d.occurred_at and s.environment <> d.environment
),
rebuilt as (
  select d.deployment_id, s.stage, s.staged_id
  from deployed as d
  join staged as s on s.service = d.service and s.version = d.version
  where s.sha <> d.sha and s.live_at < d.occurred_at and s.environment <> d.environment
),
reached as (
  select deployment_id, 0::bigint as position, timestamptz '0001-01-01 00:00:00+00' as reached_at
  from deployed
  union all
  select next.deployment_id, next.position, next.reached_at
  from (
    select
      r.deployment_id, r.position + 1 as position, s.live_at as reached_at,
      row_number() over (partition by r.deployment_id, r.position order by s.live_at) as choice
    from reached as r
    join same as s on s.deployment_id = r.deployment_id and s.position = r.position + 1 and s.live_at >= r.reached_at
  ) as next
  where next.choice = 1
),
place as (
  select
    d.deployment_id,
    s.stage,
    s.position,
    case
      when r.deployment_id is not null then 'in order'
      when e.deployment_id is not null then 'out of order'
      when b.deployment_id is not null then 'rebuilt'
      else 'skipped'
    end as state
  from deployed as d
  cross join stage as s
  left join reached as r on r.deployment_id = d.deployment_id and r.position = s.position
  left join (select distinct deployment_id, stage from same) as e on e.deployment_id = d.deployment_id and e.stage = s.stage
  left join (select distinct deployment_id, stage from rebuilt) as b on b.deployment_id = d.deployment_id and b.stage = s.stage
),
-- Most deployments kept the order: what is told of the others is gathered from those alone.
strayed as (
  select
    deployment_id,
    string_agg(stage, ', ' order by position, stage) filter (where state = 'skipped') as skipped,
    string_agg(stage, ', ' order by position, stage) filter (where state = 'out of order') as disordered,
    string_agg(stage, ', ' order by position, stage) filter (where state = 'rebuilt') as rebuilt
  from place
  where state <> 'in order'
  group by deployment_id
),
shown as (
  select deployment_id, staged_id
  from same
  union all
  select b.deployment_id, b.staged_id
  from rebuilt as b
  join place as p on p.deployment_id = b.deployment_id and p.stage = b.stage
  where p.state = 'rebuilt'
),
evidence as (
  select deployment_id, list_sort(list_distinct(list(staged_id))) as evidence
  from shown
  group by deployment_id
),
whole as (
  select d.deployment_id, s.skipped, s.disordered, s.rebuilt, e.evidence
  from deployed as d
  left join strayed as s on s.deployment_id = d.deployment_id
  left join evidence as e on e.deployment_id = d.deployment_id
  where exists (select 1 from stage)
),
request_type as (
  select q.deployment_id, bool_and(coalesce(list_contains(getvariable('env_01_types_without'), r.type), false)) as is_without, min(r.type) as type
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
    when w.deployment_id is null or e.deployment_id is not null or t.is_without then 'not_applicable'
    when d.sha is null and d.version is null then 'unknown'
    when w.rebuilt is not null or w.disordered is not null then 'fail'
    when w.skipped is not null then 'missing'
    else 'pass'
  end as verdict,
  case
    when w.deployment_id is null then 'No stage is asked for.'
    when e.deployment_id is not null then 'The deployment goes by an emergency request, which EMG-01 judges.'
    when t.is_without then 'A change of the type ' || t.type || ' may go to production directly (types_without).'
    when d.sha is null and d.version is null then 'The record of the deployment names neither commit nor version: without one of them no deployment to an earlier stage can be matched.'
    when coalesce(w.rebuilt, w.disordered, w.skipped) is not null
      then concat_ws(
        ' ',
        case when d.sha is null then 'Version ' || d.version else 'Commit ' || left(d.sha, 12) end || ' was never deployed with success to ' || w.skipped || ' before this production deployment began.',
        'What was deployed reached ' || w.disordered || ' only before an earlier stage.',
        'What was deployed to ' || w.rebuilt || ' is the same version from another commit, so that it was built anew.'
      )
    else 'What was deployed was there before, in order: ' || array_to_string(getvariable('env_01_stages'), ', ') || '.'
  end as reason,
  coalesce(w.evidence, []) as evidence,
  ['deployment'] as missing,
  []::varchar[] as findings
from controls.production_deployment as d
left join whole as w on w.deployment_id = d.deployment_id
left join controls.emergency_deployment as e on e.deployment_id = d.deployment_id
left join request_type as t on t.deployment_id = d.deployment_id
order by unit
