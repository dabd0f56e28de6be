-- Which record each batch of the sources in quarterdeck.yaml sealed, in the order in which it did.
select concat_ws(',', r.batch_id, r.ordinal, r.version, r.is_deleted, coalesce(epoch_us(r.updated_at)::varchar, ''), r.sha256) as line
from raw.record as r
join staging.source as s on s.source = r.source
order by r.batch_id, r.ordinal, r.key
