/*
title: What everything published is made from
grain: one row
description: >
  The same records, configuration, queries, product and as-of give the same bytes. `records_sha256` covers the digests of all streams,
  `queries_sha256` every query in force.
*/
with record as (
  select sha256(coalesce(string_agg(source || ' ' || stream || ' ' || sha256, chr(10) order by source, stream), '')) as sha256
  from reports.records_digest
),
query as (
  select sha256(string_agg(relation || ' ' || sha256, chr(10) order by relation)) as sha256
  from raw.query
)
select
  o.name as organisation,
  o.time_zone,
  getvariable('as_of')::timestamptz as as_of,
  sha256(c.document::varchar) as configuration_sha256,
  q.sha256 as queries_sha256,
  r.sha256 as records_sha256,
  getvariable('product_version')::varchar as product_version
from model.organisation as o
cross join raw.configuration as c
cross join query as q
cross join record as r
order by o.name
