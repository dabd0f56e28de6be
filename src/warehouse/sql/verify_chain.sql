/*
title: Hashes that do not match
description: >
  Recomputes the hash of every record (of one that was erased, its erasure stands for it), of every batch over its records, and of the chain over the batches; and compares how many records
  are there with how many each run says that it stored, since a chain cannot tell that its end was cut off.
*/
with altered_record as (
  select 'record ' || key || ' version ' || version || ' of ' || source || ' ' || stream || ' was altered' as problem
  from raw.record as r
  where
    sha256 <> sha256(concat_ws(chr(31), source, stream, key, coalesce(payload::varchar, 'deleted')))
    and not exists (
      select 1
      from raw.erasure as e
      where e.source = r.source and e.stream = r.stream and e.key = r.key and e.version = r.version and e.sha256 = r.sha256 and r.payload is null
    )
),
recomputed as (
  select
    batch_id,
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
)
select problem from altered_record
union all
select problem from altered_batch
union all
select problem from unsealed
union all
select problem from missing
order by problem
