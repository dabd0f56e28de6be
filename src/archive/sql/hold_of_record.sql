-- The first hold that covers a record. Of a version that was disposed of nobody can tell its time here: a hold on its source and kind covers it. $1 source, $2 stream, $3 key, $4 version (null = all).
with covering as (
  select hold
  from on_hold
  where source = $1 and stream = $2 and key = $3 and ($4::integer is null or version = $4::integer)
  union all
  select h.hold
  from hold as h
  join raw.gone as g
    on g.source = $1 and g.stream = $2 and g.key = $3 and ($4::integer is null or g.version = $4::integer)
    and (len(h.sources) = 0 or list_contains(h.sources, g.source))
    and (len(h.streams) = 0 or list_contains(h.streams, g.stream))
  where h.released_at is null
)
select h.hold, h.reason, h.held_by, h.held_at
from covering as c
join hold as h on h.hold = c.hold
order by h.hold
limit 1
