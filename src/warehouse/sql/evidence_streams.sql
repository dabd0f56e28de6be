-- Streams of the sources in quarterdeck.yaml that hold, or held, records.
with stored as (
  select source, stream
  from raw.record
  group by source, stream
),
held as (
  select distinct source, stream
  from raw.current
)
select s.source, k.collector, s.stream, coalesce(k.options, '{}')::varchar as options, h.source is not null as is_held
from stored as s
join staging.source as k on k.source = s.source
left join held as h on h.source = s.source and h.stream = s.stream
order by s.source, s.stream
