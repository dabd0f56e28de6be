-- Records that ids name: the part of an id after its source is the record's key, a part of it, or what the record calls itself
-- or what it is about. $1 ids as JSON.
with asked as (
  select distinct unnest(from_json($1::json, '["VARCHAR"]')) as id
),
native as (
  select split_part(id, ':', 1) as source, list(distinct substr(id, strpos(id, ':') + 1)) as ids
  from asked
  where strpos(id, ':') > 0
  group by split_part(id, ':', 1)
),
called as (
  select
    r.source, r.stream, r.key, n.ids,
    json_extract_string(
      r.payload, ['$.id', '$.number', '$.key', '$.iid', '$.sha', '$.databaseId', '$.number.value', '$.number.display_value', '$.incident_number',
        '$.change', '$.change_request', '$.deployment']
    ) as names
  from raw.current as r
  join native as n on n.source = r.source
)
select source, stream, key
from called
where
  list_contains(ids, key)
  or list_has_any(ids, names)
  or (starts_with(key, '[') and list_contains(ids, json_extract_string(try_cast(key as json), '$[0]')))
  or list_contains(ids, split_part(key, ':', -1))
order by source, stream, key
