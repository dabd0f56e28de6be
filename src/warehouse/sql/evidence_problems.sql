-- What does not fit together in the evidence of a pack. A record of which a part was left out has the hash of the whole. $1 whether the pack has all records: else a batch of which it has a part cannot be judged.
with altered as (
  select
    1 as place, source, stream, key,
    file || ':' || line || ': the record ' || key || ' is not what was collected: its hash is another' as problem
  from pack_record
  where not is_reduced and erased is null and sha256 <> sha256(concat_ws(chr(31), source, stream, key, case when is_deleted then 'deleted' else payload end))
),
unsealed as (
  select 2, r.source, r.stream, r.key, r.file || ':' || r.line || ': the record ' || r.key || ' was sealed by no batch'
  from pack_record as r
  where not exists (select 1 from pack_sealed as s where s.source = r.source and s.stream = r.stream and s.sha256 = r.sha256)
),
gone as (
  select
    3, s.source, s.stream, s.sha256,
    'evidence/sealed.csv:' || s.line || ': version ' || s.version || ' of a record of ' || s.source || ' ' || s.stream || ', sealed by batch ' || s.batch || ', is not in the evidence'
  from pack_sealed as s
  where not exists (select 1 from pack_record as r where r.source = s.source and r.stream = s.stream and r.sha256 = s.sha256)
),
recomputed as (
  select
    s.batch,
    count(*) as records,
    sha256(
      string_agg(
        concat_ws(chr(31), s.sha256, s.version, b.run_id, b.fetched_at_us, coalesce(s.updated_at_us::varchar, ''), s.is_deleted), chr(30) order by s.ordinal
      )
    ) as sha256
  from pack_sealed as s
  join pack_batch as b on b.batch_id = s.batch
  group by s.batch
),
broken as (
  select
    4, b.source, b.stream, lpad(b.batch_id::varchar, 20, '0'),
    'evidence-log.jsonl:' || b.line || ': batch ' || b.batch_id || ' of ' || b.source || ' ' || b.stream
    || case when r.batch is null then ' has no records' when r.records <> b.records then ' sealed ' || b.records || ' records, ' || r.records || ' are there' else ' sealed other records' end
  from pack_batch as b
  left join recomputed as r on r.batch = b.batch_id
  where
    exists (select 1 from pack_record as k where k.source = b.source)
    and case when $1 then r.batch is null or r.records <> b.records or r.sha256 <> b.sha256 else r.records > b.records or (r.records = b.records and r.sha256 <> b.sha256) end
),
chained as (
  select *, lag(chain_sha256, 1, '') over (order by batch_id) as chain_before
  from pack_batch
),
unchained as (
  select
    5, source, stream, lpad(batch_id::varchar, 20, '0'),
    'evidence-log.jsonl:' || line || ': batch ' || batch_id || ' does not follow the one before it'
  from chained
  where previous_sha256 <> chain_before or chain_sha256 <> sha256(previous_sha256 || sha256)
)
select problem
from (
  select * from altered
  union all
  select * from unsealed
  union all
  select * from gone
  union all
  select * from broken
  union all
  select * from unchained
)
order by place, source, stream, key, problem
