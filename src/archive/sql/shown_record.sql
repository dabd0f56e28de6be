-- Versions as the archive has them, each with what it says where the archive holds that.
create view raw.record as
select
  r.source, r.stream, r.key, r.version, r.run_id, r.batch_id, r.ordinal, r.fetched_at, r.updated_at, r.is_deleted, s.payload::json as payload, r.sha256
from archived_record as r
left join archived_said as s on s.source = r.source and s.stream = r.stream and s.key = r.key and s.version = r.version
