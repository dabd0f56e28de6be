-- What a stream said before: versions that were replaced, deletions, and what was erased or disposed of. $1 source, $2 stream, $3 keys as JSON, null = all.
with numbered as (
  select *, row_number() over (partition by key order by version desc) as recency
  from raw.kept
  where
    source = $1 and stream = $2
    and ($3::varchar is null or key in (select unnest(from_json($3::json, '["VARCHAR"]'))))
)
select
  n.key,
  n.version,
  n.is_deleted,
  strftime(timezone('UTC', n.updated_at), '%Y-%m-%dT%H:%M:%S.%fZ') as updated_at,
  n.sha256,
  n.payload::varchar as payload,
  coalesce(e.reason, 'disposed of by entry ' || g.event_id || ' of the custody log') as erased
from numbered as n
left join raw.erasure as e
  on e.source = n.source and e.stream = n.stream and e.key = n.key and e.version = n.version and e.sha256 = n.sha256 and n.payload is null
left join raw.gone as g
  on n.payload is null and g.source = n.source and g.stream = n.stream and g.key = n.key and g.version = n.version
where n.recency > 1 or n.is_deleted or n.payload is null
order by n.key, n.version
