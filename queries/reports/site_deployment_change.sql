/*
title: Changes of each production deployment
grain: one row per wave and change that it was the first to bring to production, the first 100 of each wave
description: >
  In order of their merge by `position` within the wave. Lead time is null for what may have shipped before the known history and for what
  configuration leaves out. `picked_from` is the change's commit where it came by a cherry-pick.
*/
with picked as (
  select w.wave_id, c.sha, unnest(c.cherry_picked_from) as origin
  from model.wave as w
  join model.branch_commit as b on b.repository = w.repository and b.tip = w.sha
  join model.commit as c on c.repository = b.repository and c.sha = b.sha
  where not w.is_on_main_line
),
pick as (
  select p.wave_id, c.change_id, min(p.sha) as sha
  from picked as p
  join model.change_commit as c on c.sha = p.origin
  group by p.wave_id, c.change_id
),
numbered as (
  select
    s.service, s.wave_id, s.change_id, s.is_before_history,
    row_number() over (partition by s.wave_id order by c.merged_at, c.change_id) as position
  from model.wave_change as s
  join model.change as c on c.change_id = s.change_id
)
select
  n.service,
  p.month,
  n.wave_id,
  n.position,
  n.change_id,
  c.number::varchar as number,
  c.title,
  a.shown_as as author,
  c.merged_at,
  f.basis,
  f.lead_seconds,
  f.coding_seconds,
  f.pickup_seconds,
  f.review_seconds,
  f.no_review_seconds,
  f.merge_to_live_seconds,
  f.has_review,
  n.is_before_history,
  k.sha as picked_as,
  c.tickets,
  c.excluded_reason,
  c.url
from numbered as n
join reports.site_wave_place as p on p.wave_id = n.wave_id
join model.change as c on c.change_id = n.change_id
left join metrics.lead_time_fact as f on f.service = n.service and f.change_id = n.change_id
left join pick as k on k.wave_id = n.wave_id and k.change_id = n.change_id
left join model.actor as a on a.login = c.author
where n.position <= 100
order by n.service, p.month, n.wave_id, n.position
