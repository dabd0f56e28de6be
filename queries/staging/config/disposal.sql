/*
title: Disposals from the custody log
grain: one row per disposal, source and kind of record, by the name that schedules use
*/
with listed as (
  select
    event_id, happened_at, done_by, reason,
    document ->> 'class' as class,
    document ->> 'basis' as basis,
    unnest(from_json(document -> 'streams', '[{"source":"VARCHAR","stream":"VARCHAR","newest_at":"TIMESTAMPTZ"}]')) as item
  from raw.custody
  where kind = 'disposal'
)
select
  event_id || ':' || item.source || ':' || item.stream as id,
  case item.stream
    when 'change_request_approval' then 'approval'
    when 'test_result' then 'test result'
    else replace(item.stream, '_', ' ')
  end as record_class,
  item.source as system,
  happened_at as disposed_at,
  done_by as disposed_by,
  class || ', by ' || basis || ': ' || reason as disposal_reason
from listed
order by id
