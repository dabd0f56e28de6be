/*
title: What controls find, before exemptions
grain: one row per control and unit
rule: >
  Missing evidence fails where its records are known to be complete, else nobody knows. Where nothing was found against a unit it passes only if what would tell
  against it is known; what holds nothing to judge (`nothing`) is not applicable only if it is known to hold nothing. What lies outside of a configured scope, and what is not due yet,
  is not applicable
version: 1
*/
with owned as (
  select service, team, owned_from, owned_until
  from model.ownership
),
team_of as (
  select v.control, v.unit_kind, v.unit, list_sort(list(distinct o.team)) as teams
  from (select distinct control, unit_kind, unit, service, occurred_at from controls.verdict) as v
  join owned as o on o.service = v.service and v.occurred_at >= o.owned_from and v.occurred_at < o.owned_until
  group by v.control, v.unit_kind, v.unit
),
placed as (
  select
    v.*,
    coalesce(t.teams, []) as teams,
    u.words as unknown_words,
    case
      when c.scope_services is not null and not coalesce(list_contains(c.scope_services, v.service), false) then 'other services'
      when c.scope_environments is not null and not coalesce(list_contains(c.scope_environments, v.environment), false) then 'other environments'
      when c.scope_tiers is not null and not coalesce(list_contains(c.scope_tiers, s.tier), false) then 'other tiers'
      when c.scope_regulated is not null and not list_has_any(c.scope_regulated, coalesce(s.regulated, [])) then 'other regulated scopes'
      when c.scope_teams is not null and not list_has_any(c.scope_teams, coalesce(t.teams, [])) then 'other teams'
    end as outside
  from controls.verdict as v
  join controls.control as c on c.control = v.control
  left join model.service as s on s.service = v.service
  left join team_of as t on t.control = v.control and t.unit_kind = v.unit_kind and t.unit = v.unit
  left join controls.uncovered_need as u on u.control = v.control and u.unit_kind = v.unit_kind and u.unit = v.unit
)
select
  control,
  unit_kind,
  unit,
  service,
  teams,
  environment,
  occurred_at,
  due_at,
  case
    when outside is not null or verdict in ('not_applicable', 'not_due') then 'not_applicable'
    when verdict = 'missing' then case when unknown_words is null and len(missing) > 0 then 'fail' else 'unknown' end
    when verdict in ('pass', 'nothing') and unknown_words is not null then 'unknown'
    when verdict = 'nothing' then 'not_applicable'
    when verdict in ('pass', 'fail') then verdict
    else 'unknown'
  end as status,
  outside is null and verdict = 'not_due' as is_not_due,
  case
    when outside is not null then 'The control is for ' || outside || ' only.'
    when verdict = 'missing' and unknown_words is not null
      then reason || ' Nobody knows whether there is one: nothing says that the ' || unknown_words || coalesce(' of ' || service, '') || ' are complete for then.'
    when verdict = 'pass' and unknown_words is not null
      then 'Nothing was found against it, but nothing says that the ' || unknown_words || coalesce(' of ' || service, '') || ' are complete for then.'
    when verdict = 'nothing' and unknown_words is not null
      then reason || ' Nobody knows whether that is all: nothing says that the ' || unknown_words || coalesce(' of ' || service, '') || ' are complete for then.'
    else reason
  end as reason,
  coalesce(evidence, []) as evidence,
  coalesce(findings, []) as findings
from placed
order by control, unit_kind, unit
