/*
title: This build among those that were published
grain: one row
description: >
  `horizon` is as-of, or the start of the last collection where that came first: periods that ended until then are complete. The base is the newest
  recorded publication that looks no further. `is_new` unless everything is as in the base. A build that looks less far than a recorded one is a look back:
  it is compared with its base and not recorded, so that it can restate nothing that came later. One that looked further than the last collection was made by
  a clock that was ahead: nothing is a look back from there.
*/
with knowledge as (
  -- The last by its number, for a clock may have been ahead once.
  select max_by(started_at, run_id) as collected_at
  from raw.run
  where status in ('completed', 'incomplete')
),
present as (
  select
    p.as_of,
    least(p.as_of, coalesce(k.collected_at, p.as_of)) as horizon,
    coalesce(k.collected_at, p.as_of) as collected_at,
    (select coalesce(max(batch_id), 0) from raw.batch) as batch_id,
    p.configuration_sha256, p.queries_sha256, p.product_version,
    (select count(*) from raw.erasure) as erasures
  from reports.provenance as p
  cross join knowledge as k
),
earlier as (
  select
    r.publication, r.as_of, r.horizon, r.batch_id, r.configuration_sha256, r.queries_sha256, r.product_version, r.erasures,
    row_number() over (order by r.publication desc) as recency
  from raw.publication as r
  join present as p on r.horizon <= p.horizon
),
compared as (
  select
    p.as_of, p.horizon, p.collected_at, p.batch_id, p.configuration_sha256, p.queries_sha256, p.product_version, p.erasures,
    b.publication as base_publication, b.as_of as base_as_of, b.horizon as base_horizon, b.batch_id as base_batch_id,
    b.configuration_sha256 as base_configuration_sha256, b.queries_sha256 as base_queries_sha256,
    b.product_version as base_product_version, b.erasures as base_erasures,
    b.publication is null
    or (p.as_of, p.horizon, p.batch_id, p.configuration_sha256, p.queries_sha256, p.product_version, p.erasures)
    <> (b.as_of, b.horizon, b.batch_id, b.configuration_sha256, b.queries_sha256, b.product_version, b.erasures) as is_new
  from present as p
  left join earlier as b on b.recency = 1
)
select
  case when is_new then 1 + (select coalesce(max(publication), 0) from raw.publication) else base_publication end as publication,
  is_new,
  exists (select 1 from raw.publication as r where r.horizon > c.horizon and r.horizon <= c.collected_at) as is_look_back,
  as_of, horizon, batch_id, configuration_sha256, queries_sha256, product_version, erasures,
  base_publication, base_as_of, base_horizon, base_batch_id, base_configuration_sha256, base_queries_sha256, base_product_version, base_erasures
from compared as c
order by publication
