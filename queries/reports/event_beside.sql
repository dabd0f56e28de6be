/*
title: What happened beside the figures
grain: one row per scope and event that began before as-of
rule: >
  Changes of ownership, of a service or of what a team owns; annotations of the configuration: of everybody, of a service, or of a team
  and what it owned then; freezes of everybody or of the service
description: The label is a word or two for a chart, the text says all; a lower precedence is more telling where a chart has no room for two.
*/
with scope as (
  select distinct scope_kind, scope
  from metrics.scope_member
),
handover as (
  select o.service, o.team, o.owned_from as happened_at, 1 as gained
  from model.ownership as o
  where exists (select 1 from model.ownership as b where b.service = o.service and b.owned_from < o.owned_from)
  union all
  select o.service, o.team, o.owned_until as happened_at, 0 as gained
  from model.ownership as o
  where exists (select 1 from model.ownership as n where n.service = o.service and n.owned_until > o.owned_until)
),
named as (
  select h.service, h.team, h.happened_at, h.gained, coalesce(s.title, h.service) as service_title, coalesce(t.title, h.team) as team_title
  from handover as h
  left join model.service as s on s.service = h.service
  left join model.team as t on t.team = h.team
),
ownership as (
  select
    'service' as scope_kind,
    service as scope,
    happened_at,
    'new owner' as label,
    'new owner: ' || min(team_title) as text
  from named
  where gained = 1
  group by service, happened_at
  union all
  select
    'team' as scope_kind,
    team as scope,
    happened_at,
    case
      when min(gained) = 1 then 'took over ' || count(distinct service) || case when count(distinct service) = 1 then ' service' else ' services' end
      when max(gained) = 0 then 'gave up ' || count(distinct service) || case when count(distinct service) = 1 then ' service' else ' services' end
      else 'reorganised'
    end as label,
    case when max(gained) = 1 then 'took over ' || array_to_string(array_agg(distinct case when gained = 1 then service_title end order by case when gained = 1 then service_title end), ', ') else '' end
    || case when min(gained) < max(gained) then '; ' else '' end
    || case when min(gained) = 0 then 'gave up ' || array_to_string(array_agg(distinct case when gained = 0 then service_title end order by case when gained = 0 then service_title end), ', ') else '' end as text
  from named
  group by team, happened_at
),
annotated as (
  select s.scope_kind, s.scope, a.kind, a.text, a.starts_at, a.ends_at
  from model.annotation as a
  join scope as s
    on
      (a.team is null and a.service is null)
      or (s.scope_kind = 'team' and s.scope = a.team)
      or (s.scope_kind = 'service' and s.scope = a.service)
  union
  select 'service' as scope_kind, m.service as scope, a.kind, a.text, a.starts_at, a.ends_at
  from model.annotation as a
  join metrics.scope_member as m
    on
      m.scope_kind = 'team' and m.scope = a.team and m.member_from < coalesce(a.ends_at, a.starts_at + interval 1 day)
      and m.member_until > a.starts_at
),
frozen as (
  select distinct s.scope_kind, s.scope, c.starts_at, c.ends_at, c.reason
  from model.calendar_window as c
  join scope as s on c.scope is null or (s.scope_kind <> 'organisation' and c.scope = s.scope)
  where c.kind = 'freeze'
),
event as (
  select scope_kind, scope, happened_at, null::timestamptz as ended_at, 'ownership' as kind, label, text, 1 as precedence
  from ownership
  union all
  select
    scope_kind,
    scope,
    starts_at as happened_at,
    ends_at as ended_at,
    kind,
    case when kind <> 'other' then kind when length(text) <= 24 then text else substring(text, 1, 23) || '…' end as label,
    case when kind = 'other' then text else kind || ': ' || text end as text,
    2 as precedence
  from annotated
  union all
  select
    scope_kind,
    scope,
    starts_at as happened_at,
    ends_at as ended_at,
    'freeze' as kind,
    'freeze' as label,
    'freeze' || coalesce(': ' || nullif(reason, ''), '') as text,
    3 as precedence
  from frozen
)
select scope_kind, scope, happened_at, ended_at, kind, label, text, precedence
from event
where happened_at < getvariable('as_of')
order by scope_kind, scope, happened_at, precedence, text, ended_at
