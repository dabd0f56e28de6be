-- What the archive does not hold is as good as disposed of: its hash stands for it. Event 0 is none.
create view raw.disposed as
select event_id, source, stream, key, version, sha256, is_archived from archived_disposed
union all
select 0 as event_id, source, stream, key, version, sha256, false as is_archived
from raw.record
where payload is null and not is_deleted
