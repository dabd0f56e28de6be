/*
title: Habits that go with failures, for a team
grain: one row per team, quarter and pattern found for the organisation or for a service that the team owned in the quarter
rule: >
  Patterns are tested over the whole history, for the organisation and for each service: a quarter of one team has too few deployments for a test of its own.
  `carried` counts the team's deployments of the quarter that have it and whose outcome is known (a number: in the quarter of the history that fails
  most), `carried_failed` those of them that failed
description: Association, not cause.
*/
with owned as (
  select distinct r.team, r.quarter, r.period_start, r.period_end, m.service
  from reports.retrospective_quarter as r
  join metrics.scope_member as m
    on m.scope_kind = 'team' and m.scope = r.team and m.member_from < r.period_end and m.member_until > r.period_start
),
found as (
  select distinct
    o.team, o.quarter, o.period_start, o.period_end, p.scope_kind, p.scope, p.shown_as, p.attribute, p.level, p.kind, p.title, p.direction,
    p.sentence, p.next_step, case when p.scope_kind = 'organisation' then '' else p.scope end as place
  from owned as o
  join correlation.risk_pattern as p on p.verdict = 'found' and (p.scope_kind = 'organisation' or p.scope = o.service)
),
edge as (
  select f.team, f.quarter, f.scope_kind, f.place, f.attribute, f.level, e.lowest, e.highest
  from found as f
  join correlation.number_quarter as e
    on
      e.scope_kind = f.scope_kind and e.scope = f.place and e.attribute = f.attribute
      and e.quarter = case when f.direction = 'more' then e.quarters else 1 end
  where f.kind = 'number'
),
judged as (
  select
    f.team, f.quarter, f.scope_kind, f.place, f.attribute, f.level,
    case when o.is_failure then 1 else 0 end as failed,
    case f.kind
      when 'flag' then a.flag
      when 'category' then a.category = f.level
      when 'number' then case when f.direction = 'more' then a.number >= e.lowest else a.number <= e.highest end
    end as has_it
  from found as f
  join metrics.wave_outcome as o
    on o.outcome = 'known' and o.filed_at >= f.period_start and o.filed_at < f.period_end and (f.place = '' or o.service = f.place)
  join metrics.scope_member as m
    on
      m.scope_kind = 'team' and m.scope = f.team and m.service = o.service
      and o.filed_at >= m.member_from and o.filed_at < m.member_until
  join correlation.deployment_attribute as a on a.subject = o.wave_id and a.attribute = f.attribute
  left join edge as e
    on
      e.team = f.team and e.quarter = f.quarter and e.scope_kind = f.scope_kind and e.place = f.place
      and e.attribute = f.attribute and e.level = f.level
),
counted as (
  select
    team, quarter, scope_kind, place, attribute, level,
    count(*) filter (where has_it) as carried,
    count(*) filter (where has_it and failed = 1) as carried_failed,
    count(*) filter (where not has_it) as others,
    count(*) filter (where not has_it and failed = 1) as others_failed
  from judged
  group by team, quarter, scope_kind, place, attribute, level
)
select
  f.team,
  f.quarter,
  row_number() over (partition by f.team, f.quarter order by f.scope_kind desc, f.scope, f.attribute, f.level) as position,
  f.scope_kind,
  f.scope,
  f.shown_as,
  f.attribute,
  f.level,
  f.title || case when f.kind = 'category' then ': ' || f.level else '' end as name,
  f.sentence,
  f.next_step,
  coalesce(c.carried, 0) as carried,
  coalesce(c.carried_failed, 0) as carried_failed,
  coalesce(c.others, 0) as others,
  coalesce(c.others_failed, 0) as others_failed
from found as f
left join counted as c
  on
    c.team = f.team and c.quarter = f.quarter and c.scope_kind = f.scope_kind and c.place = f.place
    and c.attribute = f.attribute and c.level = f.level
order by f.team, f.quarter, position
