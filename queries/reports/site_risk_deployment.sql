/*
title: Failed deployments behind patterns
grain: one row per pattern found and failed deployment on the side that fails more often, the twelve newest
description: "`failed` counts all of them. The file of the deployments' attributes has the others, and those that did not fail."
*/
with found as (
  select
    p.scope_kind, p.scope, p.attribute, p.level, p.kind, p.direction, q.lowest, q.highest
  from correlation.risk_pattern as p
  left join correlation.number_quarter as q
    on
      q.scope_kind = p.scope_kind
      and (p.scope_kind = 'organisation' or q.scope = p.scope)
      and q.attribute = p.attribute
      and q.quarter = case when p.direction = 'more' then q.quarters else 1 end
  where p.verdict = 'found'
),
behind as (
  select
    f.scope_kind, f.scope, f.attribute, f.level, d.wave_id, d.service, d.live_at,
    row_number() over (partition by f.scope_kind, f.scope, f.attribute, f.level order by d.live_at desc, d.wave_id) as position,
    count(*) over (partition by f.scope_kind, f.scope, f.attribute, f.level) as failed
  from found as f
  join correlation.deployment_attribute as a on a.attribute = f.attribute
  join correlation.judged_deployment as d on d.wave_id = a.subject and (f.scope_kind = 'organisation' or d.service = f.scope)
  where
    d.is_failure
    and case f.kind
      when 'flag' then a.flag = (f.direction = 'more')
      when 'category' then a.category = f.level
      when 'number' then a.number >= f.lowest and a.number <= f.highest
    end
)
select
  b.scope_kind, b.scope, b.attribute, b.level, b.position, b.failed, b.wave_id, b.service, b.live_at,
  coalesce(w.version, left(w.sha, 10), b.wave_id) as name,
  p.month,
  p.page
from behind as b
join model.wave as w on w.wave_id = b.wave_id
join reports.site_wave_place as p on p.wave_id = b.wave_id
where b.position <= 12
order by b.scope_kind, b.scope, b.attribute, b.level, b.position
