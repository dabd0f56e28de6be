/*
title: Seal all batches, and note the run that brought them
description: As src/warehouse/sql/chain_batch.sql does with one batch after the other while they are collected; here with a million records at once, so that their texts fit into memory.
*/
drop view if exists incoming;
drop table if exists incident;
drop table if exists deployment;
drop table if exists change;
drop table if exists service;

create or replace temp table digest as
with recursive batch_place as (
  select batch_id, sum(count(*)) over (order by batch_id) // 1000000 as place
  from raw.record
  group by batch_id
),
block_of_batch as materialized (
  select batch_id, dense_rank() over (order by place) as block
  from batch_place
),
recomputed as (
  select 0::bigint as block, null::bigint as batch_id, null::varchar as stream, 0::bigint as records, null::varchar as sha256
  union all
  select
    b.block,
    r.batch_id,
    min(r.stream) as stream,
    count(*) as records,
    sha256(
      string_agg(
        concat_ws(chr(31), r.sha256, r.version, r.run_id, epoch_us(r.fetched_at), coalesce(epoch_us(r.updated_at)::varchar, ''), r.is_deleted),
        chr(30) order by r.ordinal
      )
    ) as sha256
  from raw.record as r
  join (
    select p.batch_id, p.block
    from block_of_batch as p
    join (select max(block) + 1 as block from recomputed) as n on n.block = p.block
  ) as b on b.batch_id = r.batch_id
  group by b.block, r.batch_id
)
select batch_id, stream, records, sha256
from recomputed
where batch_id is not null;

insert into raw.batch
with recursive chain as (
  select batch_id, '' as previous_sha256, sha256('' || sha256) as chain_sha256
  from digest
  where batch_id = 1
  union all
  select d.batch_id, c.chain_sha256 as previous_sha256, sha256(c.chain_sha256 || d.sha256) as chain_sha256
  from chain as c
  join digest as d on d.batch_id = c.batch_id + 1
)
select d.batch_id, 1 as run_id, 'bench' as source, d.stream, d.records, d.sha256, c.previous_sha256, c.chain_sha256
from digest as d
join chain as c on c.batch_id = d.batch_id;

insert into raw.run
values (1, timestamptz '2026-01-01 00:00:00+00', timestamptz '2026-01-01 00:00:00+00', 'completed', 'bench');

insert into raw.source_run
select 1, 'bench', stream, timestamptz '2026-01-01 00:00:00+00', timestamptz '2026-01-01 00:00:00+00', 'completed', count(*), sum(records)::bigint, 0, 0, 0, null, null
from raw.batch
group by stream
order by stream;

drop table digest;
