/*
title: Failed deployments on pages
grain: one row per failed wave
description: Filed by restoration, like the figure; those still open are filed under the current quarter. Open ones first, then newest first by `position`.
*/
with cause as (
  select
    l.wave_id,
    i.incident_id,
    i.native_id || case when i.title is null then '' else ' ' || i.title end as incident,
    i.severity,
    i.url,
    row_number() over (partition by l.wave_id order by l.confidence desc, i.incident_id) as choice,
    count(*) over (partition by l.wave_id) as incidents
  from correlation.incident_link as l
  join model.incident as i on i.incident_id = l.incident_id
  where l.is_accepted
)
select
  r.service,
  coalesce(q.period_label, '') as quarter_label,
  row_number() over (partition by r.service order by r.is_open desc, coalesce(r.restored_at, r.failed_at) desc, r.wave_id) as position,
  r.wave_id,
  p.month,
  p.page,
  coalesce(w.version, left(w.sha, 10)) as version,
  r.failed_at,
  r.restored_at,
  r.recovery_seconds,
  r.open_seconds,
  r.is_open,
  r.is_during_rollout,
  o.failure_words as reasons,
  c.incident || case when c.incidents > 1 then ' and ' || (c.incidents - 1) || ' more' else '' end as incident,
  c.incident_id,
  d.month as incident_month,
  d.page as incident_page,
  c.severity,
  c.url
from metrics.recovery_fact as r
join model.wave as w on w.wave_id = r.wave_id
join metrics.wave_outcome as o on o.wave_id = r.wave_id
join reports.site_wave_place as p on p.wave_id = r.wave_id
left join cause as c on c.wave_id = r.wave_id and c.choice = 1
left join reports.site_incident_place as d on d.incident_id = c.incident_id
left join reports.site_period as q
  on
    q.period_kind = 'quarter'
    and case when r.is_open then q.role = 'current' else r.restored_at >= q.period_start and r.restored_at < q.period_end end
order by r.service, position
