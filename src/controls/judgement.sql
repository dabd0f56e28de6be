/*
title: What a control finds, before exemptions
grain: one row per unit of the control
rule: >
  Missing evidence fails where its records are known to be complete, else nobody knows. Where nothing was found against a unit it passes only if what would tell
  against it is known; what holds nothing to judge (`nothing`) is not applicable only if it is known to hold nothing. Known is what is covered from when the unit happened until what is
  asked for was due; of a unit without a service, for all services. What lies outside of a configured scope, and what is not due yet, is not applicable, and both are told apart from what it does not concern
version: 1
description: >
  Read over `verdict`, the rows of one control with its id. It is made with the control's own table and not from it: results are the largest table by far, and writing them once takes half as long. The verdicts come in the order of their units, and stay in it without being sorted again.
*/
with asked as (
  select
    v.*,
    case when v.service is null then '' else s.service end as covered_service,
    coalesce(t.teams, []) as teams,
    coalesce(v.due_at, v.occurred_at) as known_by,
    case when v.verdict = 'missing' then v.missing when v.verdict in ('pass', 'nothing') then c.adverse end as needs,
    case
      when c.scope_services is not null and not coalesce(list_contains(c.scope_services, v.service), false) then 'other services'
      when c.scope_environments is not null and not coalesce(list_contains(c.scope_environments, v.environment), false) then 'other environments'
      when c.scope_tiers is not null and not coalesce(list_contains(c.scope_tiers, s.tier), false) then 'other tiers'
      when c.scope_regulated is not null and not list_has_any(c.scope_regulated, coalesce(s.regulated, [])) then 'other regulated scopes'
      when c.scope_teams is not null and not list_has_any(c.scope_teams, coalesce(t.teams, [])) then 'other teams'
    end as outside
  from verdict as v
  join controls.control as c on c.control = v.control
  left join model.service as s on s.service = v.service
  left join controls.ownership_spell as t
    on t.service = v.service and v.occurred_at >= t.owned_from and v.occurred_at < t.owned_until
),
settled as (
  select
    a.*,
    n.never,
    n.never_words,
    coalesce(len(a.needs), 0) = 0 or n.never is not null and (n.known_from is null or coalesce(n.known_from <= a.occurred_at and n.known_until >= a.known_by, false)) as is_settled
  from asked as a
  left join controls.need_coverage as n on n.service is not distinct from a.covered_service and n.needs = a.needs
),
looked_up as (
  select
    s.*,
    p.kinds,
    case
      when s.is_settled then s.never
      else list_filter(
        s.needs,
        lambda kind: coalesce(len(list_filter(p.kinds[kind].spans, lambda span: span.covered_from <= s.occurred_at and span.covered_until >= s.known_by)), 0) = 0
      )
    end as unknown
  from settled as s
  left join (select service, kinds, true as is_open from controls.service_coverage) as p
    on p.service is not distinct from s.covered_service and p.is_open = not s.is_settled
),
worded as (
  select
    *,
    case
      when len(unknown) = 0 then null
      when is_settled then array_to_string(never_words, ' and ')
      else array_to_string(list_sort(list_distinct(list_transform(unknown, lambda kind: coalesce(kinds[kind].words, kind)))), ' and ')
    end as unknown_words
  from looked_up
)
select
  control,
  unit_kind,
  unit,
  service,
  teams,
  environment,
  occurred_at,
  strftime(timezone(getvariable('time_zone'), occurred_at), '%Y-%m') as month,
  due_at,
  case
    when outside is not null or verdict in ('not_applicable', 'not_due') then 'not_applicable'
    when verdict = 'missing' then case when len(needs) > 0 and len(unknown) = 0 then 'fail' else 'unknown' end
    when verdict in ('pass', 'nothing') and len(unknown) > 0 then 'unknown'
    when verdict = 'nothing' then 'not_applicable'
    when verdict in ('pass', 'fail') then verdict
    else 'unknown'
  end as status,
  outside is null and verdict = 'not_due' as is_not_due,
  outside is not null as is_outside,
  case
    when outside is not null then 'By configuration (`scope`) the control is asked of ' || outside || ' only.'
    when verdict = 'missing' and unknown_words is not null
      then reason || ' There may be more than was found: nothing says that all ' || unknown_words || coalesce(' of ' || service, '') || ' were collected for that time.'
    when verdict = 'pass' and unknown_words is not null
      then 'Nothing was found against the ' || replace(unit_kind, '_', ' ') || ', but nothing says that all ' || unknown_words || coalesce(' of ' || service, '') || ' were collected for that time.'
    when verdict = 'nothing' and unknown_words is not null
      then reason || ' Nobody knows whether that is all: nothing says that all ' || unknown_words || coalesce(' of ' || service, '') || ' were collected for that time.'
    else reason
  end as reason,
  case when outside is null then unknown_words end as unknown_words,
  coalesce(evidence, []) as evidence,
  coalesce(findings, []) as findings
from worded
