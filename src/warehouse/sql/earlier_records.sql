-- What a stream said before: versions that were replaced, and deletions. $1 source, $2 stream, $3 keys as JSON, null = all.
with numbered as (
  select *, row_number() over (partition by key order by version desc) as recency
  from raw.record
  where
    source = $1 and stream = $2
    and ($3::varchar is null or key in (select unnest(from_json($3::json, '["VARCHAR"]'))))
)
select
  key,
  version,
  is_deleted,
  strftime(timezone('UTC', updated_at), '%Y-%m-%dT%H:%M:%S.%fZ') as updated_at,
  sha256,
  payload::varchar as payload
from numbered
where recency > 1 or is_deleted
order by key, version
