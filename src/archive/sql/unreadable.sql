-- What was disposed of since an archive held it, and no attached archive does; and what an archive says otherwise than its hash.
with attached as (
  select source, stream, key, version, sha256, payload
  from archived_payload()
),
missing as (
  select c.event_id, c.happened_at, c.document, count(*) as records
  from raw.gone as g
  join raw.custody as c on c.event_id = g.event_id
  left join attached as a on a.source = g.source and a.stream = g.stream and a.key = g.key and a.version = g.version and a.sha256 = g.sha256
  where g.is_archived and a.key is null
  group by c.event_id, c.happened_at, c.document
),
altered as (
  select count(*) as records
  from attached
  where sha256 <> sha256(concat_ws(chr(31), source, stream, key, payload::varchar))
)
select
  1 as place,
  event_id,
  records || case records when 1 then ' record' else ' records' end || ' that went by entry ' || event_id || ' of the custody log (' || strftime(timezone('UTC', happened_at), '%Y-%m-%d')
  || ') can be read no more without the archive '
  || array_to_string(json_extract_string(document, '$.archives[*].archive'), ' or ') as problem
from missing
union all
select 2 as place, 0 as event_id, records || ' records of the archives are not what was collected' as problem
from altered
where records > 0
order by place, event_id
