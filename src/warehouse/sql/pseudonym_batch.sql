-- Batches with the hash of the records that stand in them now, which are no longer those that were collected.
with sealed as (
  select
    batch_id,
    sha256(
      string_agg(
        concat_ws(chr(31), sha256, version, run_id, epoch_us(fetched_at), coalesce(epoch_us(updated_at)::varchar, ''), is_deleted),
        chr(30) order by ordinal
      )
    ) as sha256
  from raw.record
  group by batch_id
)
select b.batch_id, b.run_id, b.source, b.stream, b.records, coalesce(s.sha256, b.sha256) as sha256
from pseudonym_batch as b
left join sealed as s on s.batch_id = b.batch_id
order by b.batch_id
