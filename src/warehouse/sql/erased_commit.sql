-- Commits whose newest version says something that may be erased, with that version. $1 source, $2 keys as JSON, $3 version to erase (null = all).
with newest as (
  select *, row_number() over (partition by key order by version desc) as recency
  from raw.record
  where source = $1 and stream = 'commit' and key in (select unnest(from_json($2::json, '["VARCHAR"]')))
)
select
  key,
  run_id,
  strftime(timezone('UTC', updated_at), '%Y-%m-%dT%H:%M:%S.%fZ') as updated_at,
  payload::varchar as payload
from newest
where recency = 1 and payload is not null and (payload ->> 'erased') is null and ($3::integer is null or version = $3::integer)
order by key
