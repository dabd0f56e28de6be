-- Streams of the sources in quarterdeck.yaml that hold, or held, records.
with stored as (
  select distinct source, stream
  from raw.record
)
select s.source, k.collector, s.stream, coalesce(k.options, '{}')::varchar as options
from stored as s
join staging.source as k on k.source = s.source
order by s.source, s.stream
