/*
title: What is open, and how fresh the data is
grain: one row
description: >
  `proven_sources`, `lossy_sources` and `unsure_sources` are what POP-03 says of the sources, whatever the period. Sources without a dated record have no freshness.
  `stalest` is the source whose newest record is oldest. An
  incident open for more than 90 days is old: it may be a ticket that nobody closed.
*/
with waiting as (
  select sum(waiting)::bigint as waiting, max(oldest_waiting_seconds) as oldest_waiting_seconds, sum(open_failures)::bigint as open_failures
  from reports.site_service
),
dated as (
  select
    source, newest_at, stale_seconds,
    row_number() over (order by newest_at desc, source) as newest,
    row_number() over (order by newest_at, source) as stalest
  from reports.site_source
  where newest_at is not null
),
completeness as (
  select
    count(*) filter (where status = 'pass') as proven_sources,
    count(*) filter (where status = 'fail') as lossy_sources,
    count(*) filter (where status = 'unknown') as unsure_sources
  from controls.result
  where control = 'POP-03'
),
source as (
  select
    count(*) as sources,
    count(*) filter (where is_collected) as whole_sources,
    coalesce(sum(rejected), 0)::bigint as rejected
  from reports.site_source
)
select
  coalesce(w.waiting, 0) as waiting,
  w.oldest_waiting_seconds,
  coalesce(w.open_failures, 0) as open_failures,
  (select count(*) from reports.site_incident where is_open) as open_incidents,
  (select min(started_at) from reports.site_incident where is_open) as oldest_incident_at,
  (select coalesce(max(open_seconds) > 90 * 86400, false) from reports.site_incident where is_open) as has_old_incident,
  (select count(*) from reports.site_exemption where state = 'in force') as exemptions,
  s.sources,
  s.whole_sources,
  s.rejected,
  c.proven_sources,
  c.lossy_sources,
  c.unsure_sources,
  n.newest_at,
  n.stale_seconds as newest_seconds,
  o.source as stalest,
  o.newest_at as stalest_at,
  o.stale_seconds as stalest_seconds
from source as s
cross join waiting as w
cross join completeness as c
left join dated as n on n.newest = 1
left join dated as o on o.stalest = 1
order by s.sources
