/*
title: Store a stream as if it had been collected page by page
description: As src/warehouse/sql/store_page.sql does with one page of 5,000 records after the other.
parameters: $1 stream
*/
insert into raw.record
with page as (
  select *, row_number() over () - 1 as place
  from incoming
)
select
  'bench' as source,
  $1 as stream,
  key,
  1 as version,
  1 as run_id,
  (select coalesce(max(batch_id), 0) from raw.record) + 1 + place // 5000 as batch_id,
  place % 5000 as ordinal,
  timestamptz '2026-01-01 00:00:00+00' as fetched_at,
  null::timestamptz as updated_at,
  false as is_deleted,
  payload::json as payload,
  sha256(concat_ws(chr(31), 'bench', $1, key, payload::varchar)) as sha256
from page
