-- Versions that came without what they say, and nobody has noted yet why: it is not in the archive that was restored. $1 event.
insert into raw.disposed (event_id, source, stream, key, version, sha256, is_archived)
select $1, r.source, r.stream, r.key, r.version, r.sha256, false
from raw.record as r
where
  r.payload is null
  and not r.is_deleted
  and not exists (select 1 from raw.erasure as e where e.source = r.source and e.stream = r.stream and e.key = r.key and e.version = r.version)
  and not exists (
    select 1
    from raw.disposed as d
    where d.source = r.source and d.stream = r.stream and d.key = r.key and d.version = r.version and d.sha256 = r.sha256
  )
order by r.source, r.stream, r.key, r.version
