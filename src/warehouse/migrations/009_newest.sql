-- The newest version of a record is the one that says so here, or the first: few have a second one, and numbering all versions of all records would take more memory than there is.
create or replace view raw.current as
with later as (
  select source, stream, key, max(version) as version
  from raw.record
  where version > 1
  group by source, stream, key
)
select k.source, k.stream, k.key, k.updated_at, k.payload, k.run_id, k.sha256
from raw.kept as k
left join later as l on l.source = k.source and l.stream = k.stream and l.key = k.key
where k.version = coalesce(l.version, 1) and not k.is_deleted and k.payload is not null;
