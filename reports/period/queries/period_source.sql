/*
title: Completeness of the sources
grain: one row per source and stream
rule: >
  A stream is held against the total that its source declared when last read to its end; else against who asserts that it is complete: for how many services of the scope the assertion covers the whole
  period, as far as as-of
description: >
  `difference` is what was declared less what is held. Oldest and newest are the times of the events themselves. When and in which runs it came is in collection-log.csv.
version: 1
*/
with scope as (
  select service
  from model.service
  where len(getvariable('period_services')) = 0 or list_contains(getvariable('period_services'), service)
),
asserted as (
  select
    a.source,
    a.entity,
    count(distinct a.service) filter (
      where a.asserted_from <= getvariable('period_from') and a.asserted_until >= least(getvariable('period_until'), getvariable('as_of'))
    ) as services,
    string_agg(distinct a.asserted_by, '; ' order by a.asserted_by) as asserted_by
  from model.completeness_assertion as a
  join scope as s on s.service = a.service
  group by a.source, a.entity
),
query as (
  select regexp_extract(file, '^staging/([^/]+)/', 1) as collector, sha256(string_agg(relation || ' ' || sha256, chr(10) order by relation)) as sha256
  from raw.query
  where file like 'staging/%'
  group by regexp_extract(file, '^staging/([^/]+)/', 1)
)
select
  r.source,
  r.collector,
  r.stream,
  r.records::bigint as records,
  r.declared_total,
  r.declared_total - r.records as difference,
  r.rejected_rows::bigint as rejected_rows,
  a.asserted_by,
  coalesce(a.services, 0)::bigint as asserted_services,
  (select count(*) from scope)::bigint as services,
  t.oldest_at,
  t.newest_at,
  r.is_collected,
  r.collected_until,
  r.records_sha256,
  q.sha256 as queries_sha256
from reports.release_sources as r
left join reports.site_stream as t on t.source = r.source and t.stream = r.stream
left join asserted as a on a.source = r.source and a.entity = r.stream
left join query as q on q.collector = r.collector
order by r.source, r.stream
