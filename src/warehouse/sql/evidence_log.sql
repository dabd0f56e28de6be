-- The chain of batches. `fetched_at_us` (microseconds since 1970) and the run have a part in a batch's hash.
with fetched as (
  select batch_id, min(epoch_us(fetched_at)) as fetched_at_us
  from raw.record
  group by batch_id
)
select
  to_json(
    {
      sha256: b.sha256, previous_sha256: b.previous_sha256, chain_sha256: b.chain_sha256, batch: b.batch_id, run: b.run_id,
      fetched_at_us: f.fetched_at_us, records: b.records, source: b.source, stream: b.stream
    }
  )::varchar as line
from raw.batch as b
left join fetched as f on f.batch_id = b.batch_id
order by b.batch_id
