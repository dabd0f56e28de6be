select count(*) as erased
from archived_said as s
join raw.record as r on r.source = s.source and r.stream = s.stream and r.key = s.key and r.version = s.version and r.payload is null
join raw.erasure as e on e.source = s.source and e.stream = s.stream and e.key = s.key and e.version = s.version
