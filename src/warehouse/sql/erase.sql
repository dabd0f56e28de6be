-- Notes which versions are erased. $1 source, $2 stream, $3 keys as JSON, $4 version (null = all), $5 reason, $6 by, $7 at, $8 whether also what an erasure left of it.
insert into raw.erasure (source, stream, key, version, sha256, reason, erased_by, erased_at)
select source, stream, key, version, sha256, $5, $6, $7::timestamptz
from raw.record as r
where
  source = $1 and stream = $2 and key in (select unnest(from_json($3::json, '["VARCHAR"]'))) and ($4::integer is null or version = $4::integer)
  and (
    (payload is not null and ($8::boolean or (payload ->> 'erased') is null))
    -- What was disposed of may lie in an archive: it must not come back from there.
    or exists (select 1 from raw.gone as g where g.source = r.source and g.stream = r.stream and g.key = r.key and g.version = r.version)
  )
order by key, version
