/*
title: Seal a batch
description: >
  The batch's hash covers its records in order, each with when it was fetched and what it says of its own age; the chain's hash covers it
  and everything before. `verify_chain.sql` computes the same anew.
parameters: $1 batch, $2 run, $3 source, $4 stream
*/
insert into raw.batch
with sealed as (
  select
    count(*) as records,
    sha256(
      string_agg(
        concat_ws(chr(31), sha256, version, run_id, epoch_us(fetched_at), coalesce(epoch_us(updated_at)::varchar, ''), is_deleted),
        chr(30) order by ordinal
      )
    ) as sha256
  from raw.record
  where batch_id = $1
),
previous as (
  select coalesce(max_by(chain_sha256, batch_id), '') as chain_sha256
  from raw.batch
)
select
  $1 as batch_id,
  $2 as run_id,
  $3 as source,
  $4 as stream,
  s.records,
  s.sha256,
  p.chain_sha256 as previous_sha256,
  sha256(p.chain_sha256 || s.sha256) as chain_sha256
from sealed as s
cross join previous as p
