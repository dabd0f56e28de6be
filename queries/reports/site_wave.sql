/*
title: Production deployments on pages
grain: one row per wave, of the five newest quarters in which the service was deployed, and the newest fifteen
description: Newest first by `position`. Filed, like the figures, by the wave's end.
*/
with carried as (
  select wave_id, count(*) as changes
  from model.wave_change
  where not is_before_history
  group by wave_id
),
withdrawn as (
  select distinct wave_id
  from model.withdrawn_wave
),
numbered as (
  select
    w.wave_id,
    q.period_label as quarter_label,
    row_number() over (partition by w.service order by w.completed_at desc, w.wave_id) as position,
    count(*) over (partition by w.service) as waves_of_service,
    dense_rank() over (partition by w.service order by q.period_start desc nulls last) as quarter_rank
  from model.wave as w
  left join reports.site_period as q
    on q.period_kind = 'quarter' and w.completed_at >= q.period_start and w.completed_at < q.period_end
)
select
  w.service,
  coalesce(n.quarter_label, '') as quarter_label,
  n.position,
  n.waves_of_service,
  w.wave_id,
  p.month,
  p.page,
  w.environment,
  w.version,
  w.sha,
  w.live_at,
  w.completed_at,
  w.kind,
  w.copies,
  w.attempts,
  coalesce(c.changes, 0) as changes,
  o.outcome,
  o.is_failure,
  o.failure_words as failure_reasons,
  o.is_rework,
  o.rework_words as rework_reasons,
  d.wave_id is not null as is_withdrawn,
  a.shown_as as deployer,
  w.url
from model.wave as w
join numbered as n on n.wave_id = w.wave_id
join metrics.wave_outcome as o on o.wave_id = w.wave_id
join reports.site_wave_place as p on p.wave_id = w.wave_id
left join carried as c on c.wave_id = w.wave_id
left join withdrawn as d on d.wave_id = w.wave_id
left join model.actor as a on a.login = w.deployer
where n.quarter_rank <= 5 or n.position <= 15
order by w.service, n.position
