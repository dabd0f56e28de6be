insert into raw.batch (batch_id, run_id, source, stream, records, sha256, previous_sha256, chain_sha256)
select a.batch_id, a.run_id, a.source, a.stream, a.records, a.sha256, a.previous_sha256, a.chain_sha256
from archived_batch as a
where not exists (select 1 from raw.batch as b where b.batch_id = a.batch_id)
order by a.batch_id
