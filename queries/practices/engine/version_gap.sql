/*
title: How far pinned versions are behind
grain: one row per service, component that it pins a version of, and month that is over
rule: >
  As it was at the end of the month: the releases of the component that came out after the pinned one and by then, save those of an older line (a lower first number). A pinned version whose
  release is not known, or has no date, has no row
version: 1
*/
with released as (
  select service, version, published_at, try_cast(regexp_extract(version, '(\d+)', 1) as bigint) as line
  from model.release
  where published_at is not null
),
pinned as (
  select p.service, p.component, p.version, p.pinned_at, p.until, r.published_at, r.line
  from model.pinned_version as p
  join released as r on r.service = p.component and r.version = p.version
),
month as (
  select
    service, component, version, pinned_at, until, published_at, line,
    timezone(
      getvariable('time_zone'),
      unnest(
        generate_series(
          date_trunc('month', timezone(getvariable('time_zone'), pinned_at)) + interval 1 month,
          timezone(getvariable('time_zone'), coalesce(until, getvariable('as_of')::timestamptz)),
          interval 1 month
        )
      )
    ) as ended_at
  from pinned
)
select
  m.service,
  m.component,
  m.version,
  m.ended_at - interval 1 second as occurred_at,
  strftime(timezone(getvariable('time_zone'), m.ended_at - interval 1 second), '%Y-%m') as month,
  count(n.version)::bigint as releases_behind,
  coalesce(date_diff('second', min(n.published_at), m.ended_at), 0)::bigint as seconds_behind
from month as m
left join released as n
  on
    n.service = m.component and n.published_at > m.published_at and n.published_at < m.ended_at
    and coalesce(n.line >= m.line, true)
where m.ended_at <= getvariable('as_of') and coalesce(m.ended_at <= m.until, true)
group by m.service, m.component, m.version, m.ended_at
order by m.service, m.component, m.ended_at
