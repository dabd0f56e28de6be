-- What the law took before the archive was written stays taken; of a database that knows of it, nothing changes.
insert into raw.erasure (source, stream, key, version, sha256, reason, erased_by, erased_at)
select a.source, a.stream, a.key, a.version, a.sha256, a.reason, a.erased_by, a.erased_at
from archived_erasure as a
where
  not exists (
    select 1 from raw.erasure as e where e.source = a.source and e.stream = a.stream and e.key = a.key and e.version = a.version
  )
  and not exists (
    select 1
    from raw.record as r
    where r.source = a.source and r.stream = a.stream and r.key = a.key and r.version = a.version and r.payload is not null
  )
order by a.source, a.stream, a.key, a.version
