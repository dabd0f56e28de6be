-- Records, all versions, whose text has one of these words in it, which the caller looks at more closely. $1 words in lower case as JSON.
with word as (
  select distinct unnest(from_json($1::json, '["VARCHAR"]')) as word
)
select
  r.source,
  r.stream,
  r.key,
  r.version,
  r.fetched_at,
  r.payload::varchar as payload
from raw.kept as r
where
  r.payload is not null
  and exists (select 1 from word as w where contains(lower(r.payload::varchar), w.word) or contains(lower(r.key), w.word))
order by r.source, r.stream, r.key, r.version
