/*
title: Shipped changes on pages
grain: one row per change and service with a lead time, of the five newest quarters in which any shipped
description: Newest first by `position`. Filed by the end of the wave that shipped it.
*/
with filed as (
  select
    f.service,
    f.change_id,
    q.period_label as quarter_label,
    row_number() over (partition by f.service order by f.filed_at desc, f.change_id) as position,
    dense_rank() over (partition by f.service order by q.period_start desc) as quarter_rank
  from metrics.lead_time_fact as f
  join reports.site_period as q
    on q.period_kind = 'quarter' and f.filed_at >= q.period_start and f.filed_at < q.period_end
)
select
  f.service,
  q.quarter_label,
  q.position,
  f.change_id,
  c.number::varchar as number,
  c.title,
  a.shown_as as author,
  c.kind,
  f.basis,
  c.first_commit_at,
  c.opened_at,
  c.merged_at,
  f.filed_at as live_at,
  f.lead_seconds,
  f.coding_seconds,
  f.pickup_seconds,
  f.review_seconds,
  f.no_review_seconds,
  f.merge_to_live_seconds,
  f.has_review,
  f.wave_id,
  p.month,
  p.page,
  w.version as wave_version,
  c.url
from metrics.lead_time_fact as f
join filed as q on q.service = f.service and q.change_id = f.change_id and q.quarter_rank <= 5
join model.change as c on c.change_id = f.change_id
join model.wave as w on w.wave_id = f.wave_id
join reports.site_wave_place as p on p.wave_id = f.wave_id
left join model.actor as a on a.login = c.author
order by f.service, q.position
