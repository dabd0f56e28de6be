/*
title: What was disposed of, and no archive gives back
grain: one row per source and kind of record
description: >
  Versions that are known by their hash alone, where no attached archive says what they said: disposed of without an archive, or restored from archives that do not hold them. `newest_at`: nothing
  later than that is missing.
*/
with unsaid as (
  select g.source, g.stream, g.event_id, g.fetched_at
  from raw.kept as k
  join raw.gone as g on k.source = g.source and k.stream = g.stream and k.key = g.key and k.version = g.version
  -- Said of both, for a filter of what is kept alone would read all of it, also where nothing is gone.
  where case when g.event_id is not null then k.payload end is null
),
listed as (
  select event_id, unnest(from_json(document -> 'streams', '[{"source":"VARCHAR","stream":"VARCHAR","newest_at":"TIMESTAMPTZ"}]')) as item
  from raw.custody
  where kind = 'disposal'
)
select
  u.source,
  u.stream,
  count(*) as records,
  max(coalesce(l.item.newest_at + interval 1 second, u.fetched_at)) as newest_at
from unsaid as u
left join listed as l on l.event_id = u.event_id and l.item.source = u.source and l.item.stream = u.stream
group by u.source, u.stream
order by u.source, u.stream
