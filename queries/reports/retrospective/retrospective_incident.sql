/*
title: Incidents of a quarter and the deployments they came from
grain: one row per team, quarter and incident, ten at most of each, those that took longest to restore first
rule: >
  Of a service that the team owned when it began, or whose accepted cause is a deployment of such a service. Where several deployments are accepted, the one
  with the highest confidence stands here
description: "`is_own` says whether the service that suffered was the team's, `is_own_cause` whether the deployment was."
*/
with cause as (
  select
    incident_id, wave_id, service, confidence,
    row_number() over (partition by incident_id order by confidence desc, wave_id) as choice
  from correlation.incident_link
  where is_accepted
),
candidate as (
  select incident_id, count(*) as candidates
  from correlation.incident_link
  group by incident_id
),
touched as (
  select r.team, r.quarter, i.incident_id, 1 as is_own, 0 as is_own_cause
  from reports.retrospective_quarter as r
  join model.incident as i on i.started_at >= r.period_start and i.started_at < r.period_end
  join metrics.scope_member as m
    on
      m.scope_kind = 'team' and m.scope = r.team and m.service = i.service
      and i.started_at >= m.member_from and i.started_at < m.member_until
  union all
  select r.team, r.quarter, i.incident_id, 0 as is_own, 1 as is_own_cause
  from reports.retrospective_quarter as r
  join model.incident as i on i.started_at >= r.period_start and i.started_at < r.period_end
  join cause as c on c.incident_id = i.incident_id and c.choice = 1
  join metrics.scope_member as m
    on
      m.scope_kind = 'team' and m.scope = r.team and m.service = c.service
      and i.started_at >= m.member_from and i.started_at < m.member_until
),
held as (
  select team, quarter, incident_id, max(is_own) = 1 as is_own, max(is_own_cause) = 1 as is_own_cause
  from touched
  group by team, quarter, incident_id
),
placed as (
  select
    h.team, h.quarter, h.is_own, h.is_own_cause, d.incident_id, d.native_id, d.title, d.severity, d.service, d.service_title, d.started_at,
    d.detected_seconds, d.restored_seconds, d.is_open, d.open_seconds, d.month, d.page,
    row_number() over (partition by h.team, h.quarter order by d.is_open desc, d.restored_seconds desc nulls last, d.started_at, d.incident_id) as position,
    count(*) over (partition by h.team, h.quarter) as total,
    count(*) filter (where h.is_own_cause) over (partition by h.team, h.quarter) as own_caused
  from held as h
  join reports.site_incident as d on d.incident_id = h.incident_id
)
select
  i.team,
  i.quarter,
  i.position,
  i.total,
  i.own_caused,
  i.incident_id,
  i.native_id,
  i.title,
  i.severity,
  i.service,
  coalesce(i.service_title, i.service, '') as service_title,
  i.started_at,
  i.detected_seconds,
  i.restored_seconds,
  i.is_open,
  i.open_seconds,
  i.month,
  i.page,
  i.is_own,
  i.is_own_cause,
  coalesce(n.candidates, 0) as candidates,
  c.wave_id as cause_wave_id,
  coalesce(w.version, left(w.sha, 10), w.wave_id) as cause_name,
  c.service as cause_service,
  coalesce(s.title, c.service) as cause_service_title,
  p.month as cause_month,
  p.page as cause_page,
  coalesce(k.changes, 0) as cause_changes
from placed as i
left join candidate as n on n.incident_id = i.incident_id
left join cause as c on c.incident_id = i.incident_id and c.choice = 1
left join model.wave as w on w.wave_id = c.wave_id
left join reports.site_wave_place as p on p.wave_id = c.wave_id
left join model.service as s on s.service = c.service
left join (
  select wave_id, count(*) as changes
  from model.wave_change
  where not is_before_history
  group by wave_id
) as k on k.wave_id = c.wave_id
where i.position <= 10
order by i.team, i.quarter, i.position
