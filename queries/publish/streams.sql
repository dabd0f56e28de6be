/*
title: Streams of sources
grain: one row per source and kind of record
audience: leadership
columns:
  source: Name of the source
  stream: Kind of record
  records: Records that are in force
  rejected_rows: Rows that could not be taken in
  oldest_at: Oldest event or change of a record, as the source dates it
  newest_at: Newest event or change of a record, as the source dates it
*/
select source, stream, records, rejected as rejected_rows, oldest_at, newest_at
from reports.site_stream
order by source, stream
