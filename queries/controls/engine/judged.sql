/*
title: What controls find, before exemptions
grain: one row per control and unit
rule: >
  Missing evidence fails where its records are known to be complete, else nobody knows. Where nothing was found against a unit it passes only if what would tell
  against it is known; what holds nothing to judge (`nothing`) is not applicable only if it is known to hold nothing. Known is what is covered from when the unit happened until what is
  asked for was due; of a unit without a service, for all services. What lies outside of a configured scope, and what is not due yet, is not applicable
version: 1
description: Four kinds of record are looked up at most; of more it is not known whether they are complete.
*/
with adverse as (
  select control, list(entity order by entity) as entities
  from controls.control_need
  where kind = 'adverse'
  group by control
),
moment as (
  select distinct service, occurred_at
  from controls.verdict
  where service is not null and occurred_at is not null
),
team_of as (
  select m.service, m.occurred_at, list_sort(list(distinct o.team)) as teams
  from moment as m
  join model.ownership as o on o.service = m.service and m.occurred_at >= o.owned_from and m.occurred_at < o.owned_until
  group by m.service, m.occurred_at
),
asked as (
  select
    v.control,
    v.unit_kind,
    v.unit,
    v.service,
    coalesce(t.teams, []) as teams,
    v.environment,
    v.occurred_at,
    v.due_at,
    coalesce(v.due_at, v.occurred_at) as known_by,
    v.verdict,
    v.reason,
    coalesce(v.evidence, []) as evidence,
    coalesce(v.findings, []) as findings,
    case when v.verdict = 'missing' then coalesce(v.missing, []) when v.verdict in ('pass', 'nothing') then coalesce(a.entities, []) else [] end as needs,
    case
      when c.scope_services is not null and not coalesce(list_contains(c.scope_services, v.service), false) then 'other services'
      when c.scope_environments is not null and not coalesce(list_contains(c.scope_environments, v.environment), false) then 'other environments'
      when c.scope_tiers is not null and not coalesce(list_contains(c.scope_tiers, s.tier), false) then 'other tiers'
      when c.scope_regulated is not null and not list_has_any(c.scope_regulated, coalesce(s.regulated, [])) then 'other regulated scopes'
      when c.scope_teams is not null and not list_has_any(c.scope_teams, coalesce(t.teams, [])) then 'other teams'
    end as outside
  from controls.verdict as v
  join controls.control as c on c.control = v.control
  left join adverse as a on a.control = v.control
  left join model.service as s on s.service = v.service
  left join team_of as t on t.service = v.service and t.occurred_at = v.occurred_at
),
span as (
  select entity, coalesce(service, '') as service, covered_from, covered_until
  from controls.coverage_span
),
looked_up as (
  select
    a.*,
    list_filter(
      [
        case when len(a.needs) >= 1 and s1.entity is null then a.needs[1] end,
        case when len(a.needs) >= 2 and s2.entity is null then a.needs[2] end,
        case when len(a.needs) >= 3 and s3.entity is null then a.needs[3] end,
        case when len(a.needs) >= 4 and (s4.entity is null or len(a.needs) > 4) then a.needs[4] end
      ],
      lambda entity: entity is not null
    ) as unknown
  from asked as a
  left join span as s1
    on s1.entity = a.needs[1] and s1.service = coalesce(a.service, '') and s1.covered_from <= a.occurred_at and s1.covered_until >= a.known_by
  left join span as s2
    on s2.entity = a.needs[2] and s2.service = coalesce(a.service, '') and s2.covered_from <= a.occurred_at and s2.covered_until >= a.known_by
  left join span as s3
    on s3.entity = a.needs[3] and s3.service = coalesce(a.service, '') and s3.covered_from <= a.occurred_at and s3.covered_until >= a.known_by
  left join span as s4
    on s4.entity = a.needs[4] and s4.service = coalesce(a.service, '') and s4.covered_from <= a.occurred_at and s4.covered_until >= a.known_by
),
unknown_kind as (
  select distinct unknown
  from looked_up
  where len(unknown) > 0
),
unknown_words as (
  select
    unknown,
    array_to_string(
      list_sort(
        list_distinct(
          list_transform(
            unknown,
            lambda entity: case entity when 'evidence' then 'pieces of evidence' else regexp_replace(replace(entity, '_', ' ') || 's', '([^aeiou])ys$', '\1ies') end
          )
        )
      ),
      ' and '
    ) as words
  from unknown_kind
)
select
  l.control,
  l.unit_kind,
  l.unit,
  l.service,
  l.teams,
  l.environment,
  l.occurred_at,
  l.due_at,
  case
    when l.outside is not null or l.verdict in ('not_applicable', 'not_due') then 'not_applicable'
    when l.verdict = 'missing' then case when len(l.unknown) = 0 and len(l.needs) > 0 then 'fail' else 'unknown' end
    when l.verdict in ('pass', 'nothing') and len(l.unknown) > 0 then 'unknown'
    when l.verdict = 'nothing' then 'not_applicable'
    when l.verdict in ('pass', 'fail') then l.verdict
    else 'unknown'
  end as status,
  l.outside is null and l.verdict = 'not_due' as is_not_due,
  case
    when l.outside is not null then 'The control is for ' || l.outside || ' only.'
    when l.verdict = 'missing' and u.words is not null
      then l.reason || ' Nobody knows whether there is one: nothing says that the ' || u.words || coalesce(' of ' || l.service, '') || ' are complete for then.'
    when l.verdict = 'pass' and u.words is not null
      then 'Nothing was found against it, but nothing says that the ' || u.words || coalesce(' of ' || l.service, '') || ' are complete for then.'
    when l.verdict = 'nothing' and u.words is not null
      then l.reason || ' Nobody knows whether that is all: nothing says that the ' || u.words || coalesce(' of ' || l.service, '') || ' are complete for then.'
    else l.reason
  end as reason,
  case when l.outside is null then u.words end as unknown_words,
  l.evidence,
  l.findings
from looked_up as l
left join unknown_words as u on u.unknown = l.unknown
order by l.control, l.unit_kind, l.unit
