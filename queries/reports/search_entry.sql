/*
title: What search finds
grain: one row per service, team, control, release, incident, change and ticket that a page tells of
rule: >
  The newest first by `place` within a kind; of releases, incidents, changes and tickets the newest 200,000. A change stands where the first deployment that carried it is listed, else among
  what waits; a ticket where the first change that names it stands
description: "No people. `key` is what it is called by: a number, version or name. `happened_at`: when a release went live, else was published, else planned; when an incident began; when a change was merged; of a ticket, when the first change that names it was."
*/
with placed as (
  select
    c.change_id, c.service, c.wave_id, p.month, p.page,
    row_number() over (partition by c.change_id order by w.live_at, c.wave_id, c.service) as choice
  from model.wave_change as c
  join model.wave as w on w.wave_id = c.wave_id
  join reports.site_wave_place as p on p.wave_id = c.wave_id
),
awaiting as (
  select change_id, min(service) as service
  from metrics.waiting_change
  group by change_id
),
change as (
  select
    c.change_id, c.number::varchar as number, c.title, c.merged_at, c.tickets,
    coalesce(p.service, a.service) as service,
    p.wave_id, p.month, p.page,
    row_number() over (order by c.merged_at desc nulls last, c.change_id) as place
  from model.change as c
  left join placed as p on p.change_id = c.change_id and p.choice = 1
  left join awaiting as a on a.change_id = c.change_id
  where p.service is not null or a.service is not null
),
named as (
  select unnest(tickets) as key, place, merged_at, service, wave_id, month, page
  from change
),
first_named as (
  select key, place, merged_at, service, wave_id, month, page, row_number() over (partition by key order by place desc) as choice
  from named
),
ticket as (
  select native_id, title, row_number() over (partition by native_id order by ticket_id) as choice
  from model.ticket
),
entry as (
  select
    'service' as kind, row_number() over (order by s.service) as place, s.service as key, s.title, t.title as detail,
    s.service, null::varchar as target, null::varchar as month, null::bigint as page, null::timestamptz as happened_at
  from reports.site_service as s
  left join reports.site_team as t on t.team = s.team
  union all
  select 'team', row_number() over (order by team), team, title, null, null, team, null, null, null
  from reports.site_team
  union all
  select 'control', position, control, title, family, null, control, null, null, null
  from reports.site_control
  union all
  select 'release', position, version, title, service_title, service, version, null, null, coalesce(live_at, published_at, planned_at)
  from reports.site_release
  union all
  select
    'incident', row_number() over (order by started_at desc, incident_id), native_id, title, service_title, service, incident_id, month, page, started_at
  from reports.site_incident
  union all
  select 'change', c.place, c.number, c.title, s.title, c.service, c.wave_id, c.month, c.page, c.merged_at
  from change as c
  left join model.service as s on s.service = c.service
  union all
  select 'ticket', row_number() over (order by f.place, f.key), f.key, t.title, s.title, f.service, f.wave_id, f.month, f.page, f.merged_at
  from first_named as f
  left join ticket as t on t.native_id = f.key and t.choice = 1
  left join model.service as s on s.service = f.service
  where f.choice = 1
)
select kind, place, coalesce(key, '') as key, coalesce(title, '') as title, coalesce(detail, '') as detail, coalesce(service, '') as service, target, month, page, happened_at
from entry
where kind in ('service', 'team', 'control') or place <= 200000
order by kind, place
