-- What is said of no version that was collected, twice of one, or other than its hash.
select 'record ' || s.key || ' version ' || s.version || ' of ' || s.source || ' ' || s.stream || ' was added or altered' as problem
from archived_said as s
left join archived_record as r on r.source = s.source and r.stream = s.stream and r.key = s.key and r.version = s.version and r.sha256 = s.sha256 and not r.is_deleted
where r.key is null or s.payload is null or s.sha256 <> sha256(concat_ws(chr(31), s.source, s.stream, s.key, s.payload))
union all
select 'record ' || key || ' version ' || version || ' of ' || source || ' ' || stream || ' is there twice' as problem
from archived_said
group by source, stream, key, version
having count(*) > 1
order by problem
