-- What is past its time, by class and kind of record, and what becomes of it; rows that could not be read apart. $1 whether what is in no archive goes, too.
with past as (
  select class, words, basis, source, stream, false as is_rejected, hold, archive, kept_from
  from past_record
  union all
  select class, words, basis, source, stream, true as is_rejected, hold, archive, rejected_at as kept_from
  from past_rejected
)
select
  class,
  words,
  basis,
  source,
  stream,
  is_rejected,
  count(*) as records,
  count(*) filter (where hold is null and (archive is not null or $1)) as goes,
  count(*) filter (where hold is null and archive is null) as unarchived,
  count(*) filter (where hold is not null) as held,
  coalesce(list_sort(list(distinct hold) filter (where hold is not null)), []) as holds,
  min(kept_from) as oldest_at,
  max(kept_from) as newest_at
from past
group by class, words, basis, source, stream, is_rejected
order by class, source, stream, is_rejected
