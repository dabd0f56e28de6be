-- As sealed_records.sql, of the records that closed_record.sql found.
select concat_ws(',', r.batch_id, r.ordinal, r.version, r.is_deleted, coalesce(epoch_us(r.updated_at)::varchar, ''), r.sha256) as line
from raw.record as r
join closed_record as c on c.source = r.source and c.stream = r.stream and c.key = r.key
join staging.source as s on s.source = r.source
order by r.batch_id, r.ordinal, r.key
