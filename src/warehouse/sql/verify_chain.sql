/*
title: Hashes that do not match
description: >
  Recomputes the hash of every record (of one that was erased or disposed of, that it was stands for it), of every batch over its records, and of the chain over the batches; and compares how
  many records are there with how many each run says that it stored, since a chain cannot tell that its end was cut off. The entries of raw.custody are a chain of their own.
*/
with recursive altered_record as (
  select 'record ' || key || ' version ' || version || ' of ' || source || ' ' || stream || ' was altered' as problem
  from raw.record as r
  where
    sha256 <> sha256(concat_ws(chr(31), source, stream, key, coalesce(payload::varchar, 'deleted')))
    and not exists (
      select 1
      from raw.erasure as e
      where e.source = r.source and e.stream = r.stream and e.key = r.key and e.version = r.version and e.sha256 = r.sha256 and r.payload is null
    )
    and not exists (
      select 1
      from raw.disposed as d
      where d.source = r.source and d.stream = r.stream and d.key = r.key and d.version = r.version and d.sha256 = r.sha256 and r.payload is null
    )
),
-- A million records at once, for the text that a batch is the hash of has to fit into memory. Which batches these are is held, so that the database passes over all others.
batch_place as (
  select batch_id, sum(count(*)) over (order by batch_id) // 1000000 as place
  from raw.record
  group by batch_id
),
block_of_batch as materialized (
  select batch_id, dense_rank() over (order by place) as block
  from batch_place
),
walked as (
  select 0::bigint as block, null::bigint as batch_id, 0::bigint as records, null::varchar as sha256
  union all
  select
    b.block,
    r.batch_id,
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
    join (select max(block) + 1 as block from walked) as n on n.block = p.block
  ) as b on b.batch_id = r.batch_id
  group by b.block, r.batch_id
),
recomputed as (
  select batch_id, records, sha256
  from walked
  where batch_id is not null
),
chained as (
  select
    batch_id,
    records,
    sha256,
    previous_sha256,
    chain_sha256,
    lag(chain_sha256, 1, '') over (order by batch_id) as chain_before
  from raw.batch
),
altered_batch as (
  select
    'batch ' || c.batch_id || ': '
    || case
      when r.batch_id is null then 'its records are gone'
      when r.records <> c.records then 'has ' || r.records || ' records, was sealed with ' || c.records
      when r.sha256 <> c.sha256 then 'its records are not those that were sealed'
      else 'is not chained to the one before it'
    end as problem
  from chained as c
  left join recomputed as r on r.batch_id = c.batch_id
  where
    r.batch_id is null
    or r.records <> c.records
    or r.sha256 <> c.sha256
    or c.previous_sha256 <> c.chain_before
    or c.chain_sha256 <> sha256(c.previous_sha256 || c.sha256)
),
unsealed as (
  select 'batch ' || r.batch_id || ': was never sealed' as problem
  from recomputed as r
  where not exists (select 1 from raw.batch as b where b.batch_id = r.batch_id)
),
logged as (
  select run_id, source, stream, sum(stored + deleted)::bigint as records
  from raw.source_run
  group by run_id, source, stream
),
counted as (
  select run_id, source, stream, count(*) as records
  from raw.record
  group by run_id, source, stream
),
missing as (
  select
    'run ' || l.run_id || ': stored ' || l.records || ' records of ' || l.source || ' ' || l.stream || ', '
    || coalesce(c.records, 0) || ' are there' as problem
  from logged as l
  left join counted as c on c.run_id = l.run_id and c.source = l.source and c.stream = l.stream
  where coalesce(c.records, 0) < l.records
),
entry as (
  select
    *,
    sha256(concat_ws(chr(31), event_id, epoch_us(happened_at), done_by, kind, reason, document::varchar)) as recomputed,
    lag(chain_sha256, 1, '') over (order by event_id) as chain_before,
    row_number() over (order by event_id) as place
  from raw.custody
),
altered_entry as (
  select 'entry ' || event_id || ' of the custody log was altered, or one before it is gone' as problem
  from entry
  where sha256 <> recomputed or previous_sha256 <> chain_before or chain_sha256 <> sha256(previous_sha256 || sha256) or event_id <> place
),
listed as (
  select event_id, sha256(string_agg(concat_ws(chr(31), source, stream, key, version, sha256, is_archived), chr(30) order by source, stream, key, version)) as sha256
  from raw.disposed
  group by event_id
),
altered_list as (
  select 'entry ' || e.event_id || ' of the custody log: its list of records was altered' as problem
  from entry as e
  left join listed as l on l.event_id = e.event_id
  where (e.document ->> 'records_sha256') is distinct from l.sha256
)
select problem from altered_record
union all
select problem from altered_batch
union all
select problem from unsealed
union all
select problem from missing
union all
select problem from altered_entry
union all
select problem from altered_list
order by problem
