-- `unsaid`: versions that are known by their hash alone, and the law did not take them.
select
  count(*) as records,
  count(payload) as payloads,
  count(*) filter (
    where
      payload is null
      and not is_deleted
      and not exists (select 1 from raw.erasure as e where e.source = r.source and e.stream = r.stream and e.key = r.key and e.version = r.version)
  ) as unsaid
from raw.record as r
