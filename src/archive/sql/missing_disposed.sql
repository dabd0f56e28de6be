-- The lists that go with entries which the database has, too.
insert into raw.disposed (event_id, source, stream, key, version, sha256, is_archived)
select a.event_id, a.source, a.stream, a.key, a.version, a.sha256, a.is_archived
from archived_disposed as a
join archived_custody as b on b.event_id = a.event_id
join raw.custody as c on c.event_id = b.event_id and c.chain_sha256 = b.chain_sha256
where not exists (select 1 from raw.disposed as d where d.event_id = a.event_id)
order by a.event_id, a.source, a.stream, a.key, a.version
