/*
title: How the commits of two waves stand to each other
grain: one row per production wave and earlier wave of the same service and environment that was compared
description: >
  Compared are each wave with the one before it, with the one before it in each of its copies, and, where one of the first
  two is off the main line, with every earlier wave off the main line and the last earlier one on it. A copy that lags
  behind goes forward: an older commit is `elsewhere` where no copy of the wave had the newer one before.
*/
with copy as (
  select w.wave_id, w.service, w.wave_name, d.environment, w.live_at, min(w.live_at) over (partition by w.wave_id) as wave_live_at
  from model.wave_deployment as w
  join model.reported_deployment as d on d.deployment_id = w.deployment_id
),
copy_before as (
  select
    wave_id,
    wave_live_at,
    lag(wave_id) over (partition by service, wave_name, environment order by live_at, wave_id) as before_wave_id,
    lag(wave_live_at) over (partition by service, wave_name, environment order by live_at, wave_id) as before_live_at
  from copy
),
ordered as (
  select
    wave_id, service, wave_name, identity, repository, sha, position, position_basis, is_on_main_line,
    row_number() over (partition by service, wave_name order by live_at, wave_id) as sequence,
    lag(is_on_main_line) over (partition by service, wave_name order by live_at, wave_id) as is_before_on_main_line,
    min(live_at) over (partition by service, wave_name, identity) as first_live_at
  from model.wave_position
),
last_main as (
  select
    wave_id,
    max(case when is_on_main_line then sequence end) over (
      partition by service, wave_name order by sequence rows between unbounded preceding and 1 preceding
    ) as sequence
  from ordered
),
pair as (
  select
    w.wave_id,
    b.wave_id as other_wave_id
  from ordered as w
  join ordered as b on b.service = w.service and b.wave_name = w.wave_name and b.sequence = w.sequence - 1
  union
  select w.wave_id, b.wave_id as other_wave_id
  from ordered as w
  join ordered as b
    on b.service = w.service and b.wave_name = w.wave_name and b.sequence < w.sequence and not b.is_on_main_line
  where not w.is_on_main_line or not w.is_before_on_main_line
  union
  select w.wave_id, b.wave_id as other_wave_id
  from ordered as w
  join last_main as l on l.wave_id = w.wave_id
  join ordered as b on b.service = w.service and b.wave_name = w.wave_name and b.sequence = l.sequence
  where not w.is_on_main_line or not w.is_before_on_main_line
  union
  select wave_id, before_wave_id as other_wave_id
  from copy_before
  where (before_live_at, before_wave_id) < (wave_live_at, wave_id)
),
reached as (
  select p.wave_id, p.other_wave_id, c.environment, min(c.live_at) as live_at
  from pair as p
  join copy as c on c.wave_id = p.wave_id
  group by p.wave_id, p.other_wave_id, c.environment
),
in_common as (
  select r.wave_id, r.other_wave_id
  from reached as r
  join copy as o on o.wave_id = r.other_wave_id and o.environment = r.environment
  where (o.live_at, o.wave_id) < (r.live_at, r.wave_id)
  group by r.wave_id, r.other_wave_id
),
compared as (
  select
    p.wave_id,
    p.other_wave_id,
    w.identity = o.identity as is_same,
    w.position_basis = 'graph' and o.position_basis = 'graph' as has_graph,
    w.first_live_at < o.first_live_at as is_older,
    case
      when w.is_on_main_line then w.position <= o.position
      else coalesce(wc.mainline_position <= o.position, false) or wb.sha is not null
    end as is_ancestor,
    case
      when o.is_on_main_line then o.position <= w.position
      else coalesce(oc.mainline_position <= w.position, false) or ob.sha is not null
    end as is_descendant
  from pair as p
  join ordered as w on w.wave_id = p.wave_id
  join ordered as o on o.wave_id = p.other_wave_id
  -- Asked only of commits off the main line, which are few.
  left join model.commit as wc on wc.repository = w.repository and wc.sha = w.sha and not wc.is_on_main_line
  left join model.commit as oc on oc.repository = o.repository and oc.sha = o.sha and not oc.is_on_main_line
  left join model.branch_commit as wb on wb.repository = o.repository and wb.tip = o.sha and wb.sha = w.sha
  left join model.branch_commit as ob on ob.repository = w.repository and ob.tip = w.sha and ob.sha = o.sha
)
select
  c.wave_id,
  c.other_wave_id,
  case
    when c.is_same then 'same'
    when case when c.has_graph then c.is_ancestor else c.is_older end
      then case when i.wave_id is null then 'elsewhere' else 'ancestor' end
    when not c.has_graph or c.is_descendant then 'descendant'
    else 'diverged'
  end as relation
from compared as c
left join in_common as i on i.wave_id = c.wave_id and i.other_wave_id = c.other_wave_id
order by c.wave_id, c.other_wave_id
