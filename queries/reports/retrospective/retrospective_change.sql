/*
title: The slowest changes of a quarter
grain: one row per team, quarter and change, the five that took longest to reach production
description: The stages of each tell its story. `times_median` compares it with the team's median of the quarter.
*/
with fact as (
  select
    r.team, r.quarter, f.service, f.change_id, f.wave_id, f.basis, f.filed_at, f.lead_seconds,
    f.coding_seconds, f.pickup_seconds, f.review_seconds, f.no_review_seconds, f.merge_to_live_seconds, f.has_review,
    row_number() over (partition by r.team, r.quarter order by f.lead_seconds desc, f.service, f.change_id) as position
  from reports.retrospective_quarter as r
  join metrics.lead_time_fact as f on f.filed_at >= r.period_start and f.filed_at < r.period_end
  join metrics.scope_member as m
    on
      m.scope_kind = 'team' and m.scope = r.team and m.service = f.service
      and f.filed_at >= m.member_from and f.filed_at < m.member_until
)
select
  f.team,
  f.quarter,
  f.position,
  f.change_id,
  coalesce('#' || c.number, left(c.merge_sha, 10), c.native_id) as name,
  c.title,
  c.url,
  f.service,
  coalesce(s.title, f.service) as service_title,
  f.basis,
  f.lead_seconds,
  f.coding_seconds,
  f.pickup_seconds,
  f.review_seconds,
  f.no_review_seconds,
  f.merge_to_live_seconds,
  f.has_review,
  case when m.value > 0 then f.lead_seconds / m.value end as times_median,
  c.additions + c.deletions as lines,
  c.commit_count as commits,
  coalesce(c.tickets, []) as tickets,
  f.filed_at as live_at,
  f.wave_id,
  coalesce(w.version, left(w.sha, 10), w.wave_id) as wave_name,
  p.month,
  p.page,
  o.is_failure
from fact as f
join model.change as c on c.change_id = f.change_id
join model.wave as w on w.wave_id = f.wave_id
join metrics.wave_outcome as o on o.wave_id = f.wave_id
join reports.site_wave_place as p on p.wave_id = f.wave_id
left join model.service as s on s.service = f.service
left join reports.retrospective_metric as m
  on m.team = f.team and m.quarter = f.quarter and m.metric = 'change_lead_time' and m.basis = f.basis
where f.position <= 5
order by f.team, f.quarter, f.position
