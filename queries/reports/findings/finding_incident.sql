/*
title: Incidents of the latest period
grain: one row per kind of period in which an incident began
rule: >
  Those that began in the latest complete period against those of the one before. It names the one still open for longest, else the one that took longest until users were served again, as metrics.incident_restoration says. Where only the closing of its
  ticket tells that, the sentence says so, and where the deployment that undid the cause does, when the ticket was closed stands beside it. Not compared with a period that is known in part only
version: 2
*/
with shown as (
  select period_kind, period_start, period_end, previous_start, period_label
  from reports.site_period
  where role = 'latest'
),
begun as (
  select
    s.period_kind, s.period_start, case when not p.is_partial then p.period_label end as previous_label,
    i.incident_id, i.title, i.native_id, i.month, i.page, i.started_at, i.is_open, i.accepted, i.cause, i.restored_by, i.resolved_seconds,
    coalesce(i.open_seconds, i.restored_seconds) as seconds
  from shown as s
  join reports.site_incident as i on i.started_at >= s.previous_start and i.started_at < s.period_end
  left join reports.site_period as p on p.period_kind = s.period_kind and p.period_start = s.previous_start
),
counted as (
  select
    period_kind,
    count(*) filter (where started_at >= period_start) as incidents,
    count(*) filter (where started_at >= period_start and accepted > 0) as from_deployments,
    count(*) filter (where started_at < period_start) as incidents_before,
    max(previous_label) as previous_label
  from begun
  group by period_kind
),
longest as (
  select
    *,
    row_number() over (partition by period_kind order by is_open desc, seconds desc nulls last, incident_id) as place
  from begun
  where started_at >= period_start
)
select
  c.period_kind,
  l.incident_id,
  l.month,
  l.page,
  l.is_open,
  left(coalesce(nullif(trim(l.title), ''), l.native_id), 120) as name,
  case
    when l.is_open then 'is open since ' || w.words
    when l.restored_by = 'resolved' then 'took longest, ' || w.words || ' until its ticket was closed, with no time of restoration recorded'
    else 'took longest until users were served again, ' || w.words
  end
  || case l.restored_by
    when 'rollback' then ' by a rollback'
    when 'reverts' then ' by a revert'
    when 'fixes' then ' by a fix'
    else ''
  end
  || coalesce(case when l.restored_by not in ('mitigated', 'resolved') then ' (ticket closed after ' || t.words || ')' end, '')
  || coalesce('; cause as recorded: ' || left(nullif(rtrim(trim(l.cause), '.'), ''), 120), '')
  || '. ' || format('{:,}', c.incidents) || case c.incidents when 1 then ' incident began' else ' incidents began' end
  || coalesce(', after ' || case c.incidents_before when 0 then 'none' else format('{:,}', c.incidents_before) end || ' in ' || c.previous_label, '')
  || '; ' || case c.from_deployments when 0 then 'none' else format('{:,}', c.from_deployments) end || ' traced to a deployment.' as sentence
from counted as c
join longest as l on l.period_kind = c.period_kind and l.place = 1
join reports.figure_word as w on w.unit = 'seconds' and w.value = l.seconds
left join reports.figure_word as t on t.unit = 'seconds' and t.value = l.resolved_seconds
order by c.period_kind
