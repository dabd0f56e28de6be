-- Where database and archive tell of different collections: the first batch, records and run that are not the same in both.
with batch as (
  select min(b.batch_id) as batch_id
  from raw.batch as b
  join archived_batch as a on a.batch_id = b.batch_id
  where a.chain_sha256 <> b.chain_sha256
),
record as (
  select min(r.batch_id) as batch_id, count(*) as records
  from archived_record as a
  join raw.record as r on r.source = a.source and r.stream = a.stream and r.key = a.key and r.version = a.version
  where r.sha256 <> a.sha256 or r.batch_id <> a.batch_id or r.ordinal <> a.ordinal
),
run as (
  select min(r.run_id) as run_id
  from raw.run as r
  join archived_run as a on a.run_id = r.run_id
  where a.started_at <> r.started_at
)
select 1 as place, 'batch ' || batch_id || ' of the database is another than that of the archive' as problem
from batch
where batch_id is not null
union all
select 2 as place, records || ' records of batch ' || batch_id || ' and later are others than those of the archive' as problem
from record
where records > 0
union all
select 3 as place, 'run ' || run_id || ' of the database began at another time than that of the archive' as problem
from run
where run_id is not null
order by place
