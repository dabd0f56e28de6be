-- What an archive of a period is to hold: what belongs to it and is in no edition before, and what is timeless. $1 from, $2 until.
create or replace temp table member as
select d.source, d.stream, d.key, d.version, d.sha256, d.belongs_at
from dated_record as d
where
  d.belongs_at is null
  or (
    d.belongs_at >= $1::timestamptz
    and d.belongs_at < $2::timestamptz
    and not exists (
      select 1
      from archived_before as a
      where a.source = d.source and a.stream = d.stream and a.key = d.key and a.version = d.version and a.sha256 = d.sha256
    )
  )
