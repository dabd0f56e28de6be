/*
title: Rows that could not be read and are past their time
grain: one row per rejected row that still has its text
rule: >
  What such a row tells of, and when that was, nobody could read: it belongs to the classes of its source and kind of record, and its time is counted from the run that rejected it. A hold on its source and kind covers it, whatever
  services and times the hold is of
description: "`archive`: place in the list of archives of one that holds it, text and all; null = none does. `hold`: an open hold that covers it."
parameters: $1 as-of, $2 class (null = all)
*/
create or replace temp table past_rejected as
with kept as (
  select
    r.rowid as place, r.run_id, r.source, r.stream, r.file, r.line, r.column_name, r.text, u.started_at as rejected_at, c.class, c.words, c.basis,
    u.started_at + c.kept_for as kept_until,
    row_number() over (partition by r.rowid order by u.started_at + c.kept_for desc nulls first, c.class) as choice
  from raw.rejected_row as r
  join raw.run as u on u.run_id = r.run_id
  join retention_class as c on c.source = r.source and c.stream = r.stream
  where not regexp_full_match(r.reason, 'disposed of by entry \d+ of the custody log')
),
held as (
  select k.place, min(h.hold) as hold
  from kept as k
  join hold as h
    on h.released_at is null and (len(h.sources) = 0 or list_contains(h.sources, k.source)) and (len(h.streams) = 0 or list_contains(h.streams, k.stream))
  group by k.place
)
select k.place, k.source, k.stream, k.rejected_at, k.class, k.words, k.basis, min(a.archive) as archive, min(h.hold) as hold
from kept as k
left join archived_rejected as a
  on a.run_id = k.run_id and a.source = k.source and a.stream = k.stream and a.file = k.file and a.line = k.line
  and a.column_name is not distinct from k.column_name and a.text = k.text
left join held as h on h.place = k.place
where k.choice = 1 and k.kept_until <= $1::timestamptz and ($2::varchar is null or k.class = $2::varchar)
group by k.place, k.source, k.stream, k.rejected_at, k.class, k.words, k.basis
