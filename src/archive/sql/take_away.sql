-- $1 event.
update raw.record as r
set payload = null
from raw.disposed as d
where d.event_id = $1 and d.source = r.source and d.stream = r.stream and d.key = r.key and d.version = r.version and d.sha256 = r.sha256
