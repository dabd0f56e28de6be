-- What is past its time, by class and kind of record, and what becomes of it. $1 whether what is in no archive goes, too.
select
  class,
  words,
  basis,
  source,
  stream,
  count(*) as records,
  count(*) filter (where hold is null and (archive is not null or $1)) as goes,
  count(*) filter (where hold is null and archive is null) as unarchived,
  count(*) filter (where hold is not null) as held,
  coalesce(list_sort(list(distinct hold) filter (where hold is not null)), []) as holds,
  min(kept_from) as oldest_at,
  max(kept_from) as newest_at
from past_record
group by class, words, basis, source, stream
order by class, source, stream
