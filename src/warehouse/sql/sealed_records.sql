-- Which records of a stream each batch sealed, in the order in which it did. $1 source, $2 stream.
select
  concat_ws(
    ',', batch_id, ordinal, version, is_deleted, coalesce(epoch_us(updated_at)::varchar, ''), sha256
  ) as line
from raw.record
where source = $1 and stream = $2
order by batch_id, ordinal, key
