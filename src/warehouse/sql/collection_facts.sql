-- How the records came, as lines of JSON: runs, streams of each run, files read, rows that could not be read, and disposals. $1 false: of each stream its last
-- reading and the last that came to its end, and disposals.
with reading as (
  select *, row_number() over (partition by source, stream, status = 'completed' order by run_id desc, started_at desc) = 1 as is_last
  from raw.source_run
),
asked_reading as (
  select *
  from reading
  where $1 or is_last
),
line as (
  select
    1 as place, run_id, '' as source, '' as stream, '' as file, 0::bigint as position,
    to_json(
      {
        kind: 'run', run: run_id, started_at: started_at, finished_at: finished_at,
        status: status, product_version: product_version
      }
    )::varchar as line
  from raw.run
  where $1 or run_id in (select run_id from asked_reading)
  union all
  select
    2, run_id, source, stream, '', row_number() over (partition by run_id, source, stream order by started_at),
    to_json(
      {
        kind: 'stream', run: run_id, source: source, stream: stream, started_at: started_at,
        finished_at: finished_at, status: status, pages: pages, stored: stored, unchanged: unchanged, deleted: deleted,
        rejected: rejected, declared_total: declared_total, message: message
      }
    )::varchar
  from asked_reading
  union all
  select
    3, run_id, source, stream, file, 0,
    to_json({kind: 'file', run: run_id, source: source, stream: stream, file: file, accepted: accepted, rejected: rejected})::varchar
  from raw.read_file
  where $1
  union all
  select
    4, run_id, source, stream, file, line,
    to_json(
      {kind: 'rejected', run: run_id, source: source, stream: stream, file: file, line: line, "column": column_name, reason: reason, text: text}
    )::varchar
  from raw.rejected_row
  where $1
  union all
  select
    5, event_id, '', '', '', 0,
    to_json({kind: 'disposal', entry: event_id, "at": happened_at, "by": done_by, reason: reason, document: document})::varchar
  from raw.custody
  where kind = 'disposal'
)
select line
from line
order by place, run_id, source, stream, file, position, line
