/*
title: Where most failures are
grain: one row per kind of period, where a service has three failed deployments or more in the latest complete period
rule: >
  The service with the highest number, of equals the one with fewer deployments; not where a single service has known outcomes. Why: the cause that most
  incidents of those deployments record, if two or more do and no other as many; else how many causes they record
version: 2
*/
with outcome as (
  select
    f.period_kind, f.period_start, f.period_end, f.period_label, f.previous_label, f.scope as service, f.numerator as failed, f.n, b.numerator as failed_before, b.n as n_before,
    row_number() over (partition by f.period_kind order by f.numerator desc, f.n, f.scope) as place,
    count(*) over (partition by f.period_kind) as services
  from reports.site_figure as f
  left join reports.site_figure as b
    on
      b.metric = f.metric and b.scope_kind = f.scope_kind and b.scope = f.scope and b.period_kind = f.period_kind and b.period_end = f.period_start
  where f.role = 'latest' and f.metric = 'change_fail_rate' and f.scope_kind = 'service' and f.n > 0
),
most as (
  select *
  from outcome
  where place = 1 and services > 1 and failed >= 3
),
cause as (
  select m.period_kind, rtrim(trim(i.cause), '.') as cause, count(distinct i.incident_id) as incidents
  from most as m
  join metrics.wave_outcome as o on o.service = m.service and o.is_failure and o.filed_at >= m.period_start and o.filed_at < m.period_end
  join correlation.incident_link as l on l.wave_id = o.wave_id and l.is_accepted
  join model.incident as i on i.incident_id = l.incident_id
  where trim(i.cause) <> ''
  group by m.period_kind, rtrim(trim(i.cause), '.')
),
common as (
  select
    period_kind,
    sum(incidents) as incidents,
    count(*) as causes,
    max(incidents) as most,
    count(*) filter (where place = 1) as ties,
    min(cause) filter (where place = 1) as cause
  from (select period_kind, cause, incidents, rank() over (partition by period_kind order by incidents desc) as place from cause) as r
  group by period_kind
)
select
  m.period_kind,
  m.service,
  coalesce(s.title, m.service) as name,
  m.failed::bigint as failed,
  m.n::bigint as deployments,
  'had ' || format('{:,}', m.failed::bigint) || ' of the ' || format('{:,}', w.numerator::bigint) || ' failures with ' || format('{:,}', m.n::bigint) || ' of the '
  || format('{:,}', w.n::bigint) || ' deployments with known outcome'
  || coalesce(', after ' || format('{:,}', m.failed_before::bigint) || ' of ' || format('{:,}', m.n_before::bigint) || ' in ' || m.previous_label, '')
  || case
    when c.most >= 2 and c.ties = 1 then '; recorded most often as cause: ' || left(c.cause, 120) || ' (' || c.most || ' of ' || c.incidents || ')'
    when c.incidents >= 2 then '; no common cause is recorded: ' || c.incidents || ' incidents, ' || c.causes || ' causes'
    else ''
  end
  || '.' as sentence
from most as m
join reports.site_figure as w
  on w.metric = 'change_fail_rate' and w.scope_kind = 'organisation' and w.role = 'latest' and w.period_kind = m.period_kind
left join model.service as s on s.service = m.service
left join common as c on c.period_kind = m.period_kind
order by m.period_kind
