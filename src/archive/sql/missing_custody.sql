-- Entries of the custody log that are later than all that the database has, where its log is the beginning of the archive's.
insert into raw.custody (event_id, happened_at, done_by, kind, reason, document, sha256, previous_sha256, chain_sha256)
select a.event_id, a.happened_at, a.done_by, a.kind, a.reason, a.document, a.sha256, a.previous_sha256, a.chain_sha256
from archived_custody as a
where
  a.event_id > (select coalesce(max(event_id), 0) from raw.custody)
  and not exists (
    select 1
    from raw.custody as c
    join archived_custody as b on b.event_id = c.event_id
    where b.chain_sha256 <> c.chain_sha256
  )
order by a.event_id
