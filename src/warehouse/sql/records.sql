-- What a stream says now. $1 source, $2 stream, $3 keys as JSON, null = all.
select
  key,
  1 as version,
  false as is_deleted,
  strftime(timezone('UTC', updated_at), '%Y-%m-%dT%H:%M:%S.%fZ') as updated_at,
  sha256,
  payload::varchar as payload,
  null as erased
from raw.current
where
  source = $1 and stream = $2
  and ($3::varchar is null or key in (select unnest(from_json($3::json, '["VARCHAR"]'))))
order by key
