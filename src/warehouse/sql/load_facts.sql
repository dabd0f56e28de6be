insert into raw.batch
select batch_id, run_id, source, stream, records, sha256, previous_sha256, chain_sha256
from pack_batch
order by batch_id;
insert into raw.run
select
  (fact ->> 'run')::bigint, (fact ->> 'started_at')::timestamptz, (fact ->> 'finished_at')::timestamptz, fact ->> 'status',
  coalesce(fact ->> 'product_version', '')
from (select line, fact::json as fact from pack_fact)
where fact ->> 'kind' = 'run'
order by line;
-- Of a pack that has not all records a declared total says something only where more was declared than there was.
insert into raw.source_run
select
  (fact ->> 'run')::bigint, fact ->> 'source', fact ->> 'stream', (fact ->> 'started_at')::timestamptz, (fact ->> 'finished_at')::timestamptz,
  fact ->> 'status', coalesce((fact ->> 'pages')::bigint, 0), coalesce((fact ->> 'stored')::bigint, 0), coalesce((fact ->> 'unchanged')::bigint, 0),
  coalesce((fact ->> 'deleted')::bigint, 0), coalesce((fact ->> 'rejected')::bigint, 0),
  case when h.records is null or (fact ->> 'declared_total')::bigint > h.records then (fact ->> 'declared_total')::bigint end, fact ->> 'message'
from (select line, fact::json as fact from pack_fact)
left join pack_held as h on h.source = (fact ->> 'source') and h.stream = (fact ->> 'stream')
where fact ->> 'kind' = 'stream'
order by line;
insert into raw.read_file
select
  (fact ->> 'run')::bigint, fact ->> 'source', fact ->> 'stream', fact ->> 'file', (fact ->> 'accepted')::bigint, (fact ->> 'rejected')::bigint
from (select line, fact::json as fact from pack_fact)
where fact ->> 'kind' = 'file'
order by line;
insert into raw.rejected_row
select
  (fact ->> 'run')::bigint, fact ->> 'source', fact ->> 'stream', fact ->> 'file', (fact ->> 'line')::bigint, fact ->> 'column',
  coalesce(fact ->> 'reason', ''), coalesce(fact ->> 'text', '')
from (select line, fact::json as fact from pack_fact)
where fact ->> 'kind' = 'rejected'
order by line;
insert into raw.custody
select
  (fact ->> 'entry')::bigint, (fact ->> 'at')::timestamptz, coalesce(fact ->> 'by', ''), 'disposal', coalesce(fact ->> 'reason', ''), fact -> 'document', '', '', ''
from (select line, fact::json as fact from pack_fact)
where fact ->> 'kind' = 'disposal'
order by line;
insert into raw.disposed
select try_cast(regexp_extract(erased, '^disposed of by entry (\d+) of the custody log$', 1) as bigint), source, stream, key, version, sha256, false
from pack_record
where regexp_full_match(erased, 'disposed of by entry \d{1,15} of the custody log');
insert into raw.erasure (source, stream, key, version, sha256, reason, erased_by, erased_at)
select source, stream, key, version, sha256, erased, '', timestamptz '1970-01-01 00:00:00+00'
from pack_record
where erased is not null
  and not regexp_full_match(erased, 'disposed of by entry \d{1,15} of the custody log')
