/*
title: The painful deployments of a quarter
grain: one row per team, quarter and failed deployment, those still open first, then the five that took longest to restore
description: >
  `changes` are names of what it carried, what a later revert or fix names first, three at most of `change_count`. `named` counts those
  that a revert or fix names. `failures` counts all of the quarter.
*/
with failed as (
  select
    r.team, r.quarter, o.wave_id, o.service, o.filed_at, o.failure_words, f.recovery_seconds, f.is_open, f.open_seconds, f.is_during_rollout, f.incidents,
    row_number() over (
      partition by r.team, r.quarter
      order by coalesce(f.is_open, false) desc, f.recovery_seconds desc nulls last, o.filed_at, o.wave_id
    ) as position,
    count(*) over (partition by r.team, r.quarter) as failures
  from reports.retrospective_quarter as r
  join metrics.wave_outcome as o on o.is_failure and o.filed_at >= r.period_start and o.filed_at < r.period_end
  join metrics.scope_member as m
    on
      m.scope_kind = 'team' and m.scope = r.team and m.service = o.service
      and o.filed_at >= m.member_from and o.filed_at < m.member_until
  left join metrics.recovery_fact as f on f.wave_id = o.wave_id
),
shown as (
  select *
  from failed
  where position <= 5
),
carried as (
  select
    v.wave_id,
    coalesce('#' || c.number, left(c.merge_sha, 10), c.native_id) || coalesce(' ' || nullif(c.title, ''), '') as name,
    n.change_id is not null as is_named,
    row_number() over (partition by v.wave_id order by (n.change_id is null), coalesce(c.additions + c.deletions, 0) desc, c.change_id) as place
  from (select distinct wave_id from shown) as v
  join model.wave_change as w on w.wave_id = v.wave_id
  join model.change as c on c.change_id = w.change_id
  left join (select distinct wave_id, change_id from model.production_revert) as n on n.wave_id = w.wave_id and n.change_id = w.change_id
  where not w.is_before_history and c.excluded_reason is null
),
content as (
  select
    wave_id,
    count(*) as change_count,
    count(*) filter (where is_named) as named,
    array_agg(name order by place) filter (where place <= 3) as changes
  from carried
  group by wave_id
)
select
  f.team,
  f.quarter,
  f.position,
  f.failures,
  f.wave_id,
  coalesce(w.version, left(w.sha, 10), w.wave_id) as wave_name,
  f.service,
  coalesce(s.title, f.service) as service_title,
  w.live_at,
  p.month,
  p.page,
  f.failure_words,
  f.recovery_seconds,
  coalesce(f.is_open, false) as is_open,
  f.open_seconds,
  coalesce(f.is_during_rollout, false) as is_during_rollout,
  coalesce(f.incidents, 0) as incidents,
  coalesce(c.change_count, 0) as change_count,
  coalesce(c.named, 0) as named,
  coalesce(c.changes, []) as changes
from shown as f
join model.wave as w on w.wave_id = f.wave_id
join reports.site_wave_place as p on p.wave_id = f.wave_id
left join model.service as s on s.service = f.service
left join content as c on c.wave_id = f.wave_id
order by f.team, f.quarter, f.position
