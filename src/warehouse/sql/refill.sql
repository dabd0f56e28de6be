-- Gives back what a version said that came without it from an archive, where its source says the same once more: the hash tells. What was disposed of stays away. $1 source, $2 stream.
update raw.record as r
set payload = i.payload::json
from incoming as i
where
  r.source = $1
  and r.stream = $2
  and r.key = i.key
  and r.payload is null
  and i.payload is not null
  and r.sha256 = sha256(concat_ws(chr(31), $1, $2, i.key, i.payload))
  and exists (
    select 1
    from raw.gone as g
    join raw.custody as c on c.event_id = g.event_id
    where g.source = r.source and g.stream = r.stream and g.key = r.key and g.version = r.version and c.kind = 'restoration'
  )
  and not exists (
    select 1
    from raw.disposed as d
    join raw.custody as c on c.event_id = d.event_id
    where d.source = r.source and d.stream = r.stream and d.key = r.key and d.version = r.version and c.kind = 'disposal'
  )
