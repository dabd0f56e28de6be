-- Versions of batches that the database does not know; what they say comes after them.
insert into raw.record (source, stream, key, version, run_id, batch_id, ordinal, fetched_at, updated_at, is_deleted, payload, sha256)
select a.source, a.stream, a.key, a.version, a.run_id, a.batch_id, a.ordinal, a.fetched_at, a.updated_at, a.is_deleted, null as payload, a.sha256
from archived_record as a
where not exists (select 1 from raw.batch as b where b.batch_id = a.batch_id)
order by a.batch_id, a.ordinal
