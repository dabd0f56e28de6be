/*
title: Seal all batches, and note the run that brought them
description: As src/warehouse/sql/chain_batch.sql does with one batch after the other while they are collected. What was made up on the way goes.
*/
insert into raw.batch
with recursive sealed as (
  select
    row_number() over (order by batch_id) as place,
    batch_id,
    min(stream) as stream,
    count(*) as records,
    sha256(
      string_agg(
        concat_ws(chr(31), sha256, version, run_id, epoch_us(fetched_at), coalesce(epoch_us(updated_at)::varchar, ''), is_deleted),
        chr(30) order by ordinal
      )
    ) as sha256
  from raw.record
  group by batch_id
),
chain as (
  select place, batch_id, '' as previous_sha256, sha256('' || sha256) as chain_sha256
  from sealed
  where place = 1
  union all
  select s.place, s.batch_id, c.chain_sha256, sha256(c.chain_sha256 || s.sha256)
  from chain as c
  join sealed as s on s.place = c.place + 1
)
select s.batch_id, 1 as run_id, 'bench' as source, s.stream, s.records, s.sha256, c.previous_sha256, c.chain_sha256
from sealed as s
join chain as c on c.place = s.place;

insert into raw.run
values (1, timestamptz '2026-01-01 00:00:00+00', timestamptz '2026-01-01 00:00:00+00', 'completed', 'bench');

insert into raw.source_run
select 1, 'bench', stream, timestamptz '2026-01-01 00:00:00+00', timestamptz '2026-01-01 00:00:00+00', 'completed', count(*), sum(records)::bigint, 0, 0, 0, null, null
from raw.batch
group by stream
order by stream;

drop view incoming;
drop table incident;
drop table deployment;
drop table change;
drop table service;
