/*
title: Keep what is new in a page
description: A record that says the same as its version before, or what was erased, is left alone; anything else becomes the next version.
parameters: $1 source, $2 stream, $3 run, $4 batch, $5 instant of fetching
*/
insert into raw.record
with hashed as (
  select
    ordinal,
    key,
    updated_at,
    payload,
    sha256(concat_ws(chr(31), $1, $2, key, coalesce(payload, 'deleted'))) as sha256
  from incoming
),
stored as (
  select
    key,
    max(version) as version,
    arg_max(sha256, version) as sha256
  from raw.record
  where source = $1 and stream = $2 and key in (select key from incoming)
  group by key
),
compared as (
  select
    h.ordinal,
    h.key,
    h.updated_at,
    h.payload,
    h.sha256,
    coalesce(s.version, 0) as stored_version,
    coalesce(lag(h.sha256) over (partition by h.key order by h.ordinal), s.sha256) as sha256_before
  from hashed as h
  left join stored as s on s.key = h.key
)
select
  $1 as source,
  $2 as stream,
  key,
  stored_version + row_number() over (partition by key order by ordinal) as version,
  $3 as run_id,
  $4 as batch_id,
  ordinal,
  $5::timestamptz as fetched_at,
  try_cast(updated_at as timestamptz) as updated_at,
  payload is null as is_deleted,
  payload::json as payload,
  sha256
from compared
where
  sha256 is distinct from sha256_before
  and (sha256_before is not null or payload is not null)
  -- A source that still says, word for word, what was erased here does not bring it back.
  and not exists (
    select 1
    from raw.erasure as e
    where e.source = $1 and e.stream = $2 and e.key = compared.key and e.sha256 = compared.sha256
  )
order by ordinal
