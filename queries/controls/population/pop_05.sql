/*
control: POP-05
title: Every actor is one known person or an owned service account
question: Is everybody who wrote, approved or deployed one person whom we know and who worked here that day, or a service account that somebody answers for?
grain: one row per production deployment, and one per change request
rule: >
  Author, approvers and deployer each have a person record that was active on that day. A service account has an owner who was, or a known person who started its pipeline run. A leaver, a shared account
  or an ownerless one fails; a login that two people may have is not judged
version: 1
units: [deployment, change_request]
severity: high
owner: Identity management
needs:
  - { of: person, as: supporting }
  - { of: change, as: adverse }
  - { of: change_request_approval, as: adverse }
parameters: {}
frameworks:
  cobit: [DSS06.03]
  soc2: [CC6.1, CC6.2, CC6.3]
  iso_27001: ["5.16", "8.2"]
  nist_800_53: [AC-2, AU-3, AU-10]
  hipaa: [164.312(a)(2)(i), 164.312(d)]
  cfr_21_part_11: [11.10(d), 11.10(g)]
remedy: Record who is behind the login, close accounts of leavers and shared ones, and name an owner for each service account.
steps:
  - when: "had left by that day"
    do: "Find out who used that account after its owner had left, and close it. If the day of leaving is wrong, correct it in the records of people."
  - when: "was not there yet"
    do: "If the first day is wrong, correct it in the records of people; else find out who used the account."
  - when: "is not to be found among the people"
    do: "Add that person to the records of people, with their logins (docs: people)."
  - when: "may be of several people"
    do: "Say in the records of people whose the login is (docs: people)."
  - when: "that nobody answers for"
    do: "Name an owner for that account in the records of people."
  - when: "owner"
    do: "Correct the owner of that service account in the records of people."
  - when: "several people share"
    do: "Give each of them an account of their own; who acted here, nobody can tell any more."
  - when: "is not recorded"
    do: "Let the source say who it was."
*/
with said as (
  select 'deployment' as unit_kind, deployment_id as unit, 'deployer' as part, deployer as login, occurred_at as acted_at, deployment_id as record
  from controls.production_deployment
  union all
  select 'deployment', s.deployment_id, 'author of a change', c.author, coalesce(c.first_commit_at, c.opened_at, c.merged_at), c.change_id
  from controls.deployment_change as s
  join model.change as c on c.change_id = s.change_id
  union all
  select distinct 'deployment', deployment_id, 'approver', approver, coalesce(decided_at, begun_at), approval_id
  from controls.deployment_decision
  where approver is not null
  union all
  select 'deployment', d.deployment_id, 'approver', a.approver, coalesce(a.decided_at, d.occurred_at), a.approval_id
  from controls.production_deployment as d
  join model.deployment_approval as a on a.deployment_id = d.deployment_id
  where a.approver is not null
  union all
  select 'change_request', r.change_request_id, 'author', r.requested_by, q.occurred_at, r.change_request_id
  from controls.filed_request as q
  join model.change_request as r on r.change_request_id = q.change_request_id
  union all
  select 'change_request', q.change_request_id, 'approver', a.approver, coalesce(a.decided_at, q.occurred_at), a.approval_id
  from controls.filed_request as q
  join model.change_request_approval as a on a.change_request_id = q.change_request_id
  where a.approver is not null
),
account as (
  select
    l.login,
    l.reason,
    l.is_bot,
    l.has_record,
    timezone(getvariable('time_zone'), p.active_from::timestamp) as active_from,
    timezone(getvariable('time_zone'), p.active_until::timestamp) as active_until,
    l.owner,
    o.person_id is not null as is_owner_known,
    timezone(getvariable('time_zone'), o.active_from::timestamp) as owner_from,
    timezone(getvariable('time_zone'), o.active_until::timestamp) as owner_until
  from model.person_login as l
  left join model.person as p on p.person_id = l.person_id
  left join model.person_login as w on w.login = l.owner
  left join model.person as o on o.person_id = w.person_id
),
starter as (
  select d.deployment_id
  from controls.production_deployment as d
  join controls.deployment_trigger as t on t.deployment_id = d.deployment_id and not t.is_bot
  join model.person as p on p.person_id = t.person_id
  where
    coalesce(p.active_from <= timezone(getvariable('time_zone'), d.occurred_at)::date, true)
    and coalesce(p.active_until > timezone(getvariable('time_zone'), d.occurred_at)::date, true)
),
actor as (
  select
    s.unit_kind,
    s.unit,
    s.part,
    s.record,
    case
      when s.login is null then 'nobody'
      when a.login is null then 'no match'
      when a.reason = 'shared address' then 'shared'
      when a.reason = 'ambiguous' then 'ambiguous'
      when a.active_until <= s.acted_at then 'left'
      when a.active_from > s.acted_at then 'early'
      when a.is_bot and (a.owner_until <= s.acted_at or a.owner_from > s.acted_at) then 'owner left'
      when a.is_bot and a.is_owner_known then 'known'
      when a.is_bot and s.part = 'deployer' and t.deployment_id is not null then 'known'
      when a.is_bot and a.owner is not null then 'owner unknown'
      when a.is_bot and a.has_record then 'ownerless'
      when a.has_record then 'known'
      else 'no match'
    end as state
  from said as s
  left join account as a on a.login = s.login
  left join starter as t on t.deployment_id = s.unit and s.unit_kind = 'deployment'
),
told as (
  select
    unit_kind,
    unit,
    record,
    state,
    case
      when state in ('left', 'early', 'owner left', 'ownerless', 'shared') then 'fail'
      when state in ('no match', 'owner unknown') then 'missing'
      when state in ('ambiguous', 'nobody') then 'unknown'
      else 'pass'
    end as verdict,
    case when part in ('approver', 'author of a change') then 'An ' else 'The ' end || part || case state
      when 'left' then ' had left by that day.'
      when 'early' then ' was not there yet on that day.'
      when 'owner left' then ' is a service account whose owner was not there on that day.'
      when 'owner unknown' then ' is a service account whose owner is not to be found among the people who are known.'
      when 'ownerless' then ' is a service account that nobody answers for.'
      when 'shared' then ' is an account that several people share.'
      when 'no match' then ' is not to be found among the people who are known.'
      when 'ambiguous' then ' has a login that may be of several people.'
      when 'nobody' then ' is not recorded.'
    end as words
  from actor
),
whole as (
  select
    unit_kind,
    unit,
    bool_or(verdict = 'fail') as is_failed,
    bool_or(verdict = 'missing') as is_missing,
    bool_or(verdict = 'unknown') as is_unknown,
    -- Whoever acted on the unit itself needs no list, of which there would be one for each unit.
    bool_or(verdict <> 'pass' and record = unit) as is_open_itself,
    bool_or(verdict = 'pass' and record = unit) as is_known_itself,
    list(record) filter (where verdict <> 'pass' and record <> unit) as open_records,
    list(record) filter (where verdict = 'pass' and record <> unit) as other_records
  from told
  group by unit_kind, unit
),
-- Each sentence once before they are gathered: most units have many people of whom the same is said.
sentence as (
  select distinct unit_kind, unit, words
  from told
  where words is not null
),
said_of as (
  select unit_kind, unit, array_to_string(list_sort(list(words)), ' ') as words
  from sentence
  group by unit_kind, unit
),
filed as (
  select 'deployment' as unit_kind, deployment_id as unit, service, environment, occurred_at
  from controls.production_deployment
  union all
  select 'change_request', change_request_id, service, null, occurred_at
  from controls.filed_request
)
select
  f.unit_kind,
  f.unit,
  f.service,
  f.environment,
  f.occurred_at,
  null::timestamptz as due_at,
  case when w.is_failed then 'fail' when w.is_missing then 'missing' when w.is_unknown then 'unknown' else 'pass' end as verdict,
  coalesce(o.words, 'Everybody who acted is one known person who was there on that day, or a service account with an owner.') as reason,
  list_sort(list_distinct(
    case
      when w.is_failed or w.is_missing or w.is_unknown then coalesce(w.open_records, []) || case when w.is_open_itself then [w.unit] else [] end
      else coalesce(w.other_records, []) || case when w.is_known_itself then [w.unit] else [] end
    end
  )) as evidence,
  ['person'] as missing,
  []::varchar[] as findings
from filed as f
join whole as w on w.unit_kind = f.unit_kind and w.unit = f.unit
left join said_of as o on o.unit_kind = f.unit_kind and o.unit = f.unit
order by unit_kind, unit
