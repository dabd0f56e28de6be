/*
title: What happened beside the figures
grain: one row per scope, kind of period and event that a trend is marked with
rule: >
  Changes of ownership, of a service or of what a team owns; and freezes of everybody or of the service, on trends by month and week. A
  freeze is left out near a change of ownership (5 months, 14 weeks), a change of ownership near a later one (2 years, 2 quarters, 6 months of rolling windows, 5 months, 14 weeks): their words
  would lie on each other
*/
with handover as (
  select o.service, o.team, o.owned_from as happened_at, 1 as gained
  from model.ownership as o
  where exists (select 1 from model.ownership as b where b.service = o.service and b.owned_from < o.owned_from)
  union all
  select o.service, o.team, o.owned_until as happened_at, 0 as gained
  from model.ownership as o
  where exists (select 1 from model.ownership as n where n.service = o.service and n.owned_until > o.owned_until)
),
ownership as (
  select 'service' as scope_kind, service as scope, happened_at, 'new owner' as label, 1 as precedence
  from handover
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
    1 as precedence
  from handover
  group by team, happened_at
),
frozen as (
  select distinct m.scope_kind, m.scope, c.starts_at as happened_at, 'freeze' as label, 2 as precedence
  from model.calendar_window as c
  join (select distinct scope_kind, scope from metrics.scope_member) as m
    on c.scope is null or (m.scope_kind <> 'organisation' and c.scope = m.scope)
  where c.kind = 'freeze'
),
event as (
  select scope_kind, scope, happened_at, label, precedence from ownership
  union all
  select scope_kind, scope, happened_at, label, precedence from frozen
),
placed as (
  select
    e.scope_kind, e.scope, p.period_kind, p.period_start, e.happened_at, e.label, e.precedence,
    p.role
  from event as e
  join reports.site_period as p on e.happened_at >= p.period_start and e.happened_at < p.period_end
  where e.happened_at < getvariable('as_of') and (e.precedence = 1 or p.period_kind in ('month', 'week'))
),
crowded as (
  select distinct a.scope_kind, a.scope, a.period_kind, a.happened_at, a.label
  from placed as a
  join placed as b
    on
      b.scope_kind = a.scope_kind
      and b.scope = a.scope
      and b.period_kind = a.period_kind
      and (b.precedence < a.precedence or (b.precedence = a.precedence and (b.happened_at, b.label) > (a.happened_at, a.label)))
      and abs(date_diff('day', a.happened_at, b.happened_at)) < case a.period_kind when 'year' then 732 when 'quarter' then 183 when 'rolling' then 183 when 'month' then 152 else 98 end
)
select
  p.scope_kind,
  p.scope,
  p.period_kind,
  p.period_start,
  p.happened_at,
  p.label
from placed as p
left join crowded as c
  on
    c.scope_kind = p.scope_kind and c.scope = p.scope and c.period_kind = p.period_kind and c.happened_at = p.happened_at
    and c.label = p.label
where c.label is null
order by p.scope_kind, p.scope, p.period_kind, p.happened_at, p.label
