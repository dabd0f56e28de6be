/*
title: Collection runs
grain: one row per run, source and stream
audience: audit
columns:
  run_id: Number of the run
  product_version: Version of Quarterdeck that ran
  source: Source that was read
  stream: Kind of record
  started_at: When reading began
  finished_at: When reading ended
  status: How it ended
  pages: Pages that were read
  stored: Records that were new or changed
  unchanged: Records that were known already
  deleted: Records that the source no longer has
  rejected: Rows that could not be taken in
  declared_total: Records that the source says it has
  calls: Requests that were sent, repeated ones included; empty where nothing is asked, as with files
  points: What they cost of the source's hourly limit, where it counts points
  retries: Requests that were sent again
  waited_seconds: Seconds that were waited, as the source asked or to keep within its limits
  message: What went wrong
*/
select
  r.run_id, u.product_version, r.source, r.stream, r.started_at, r.finished_at, r.status, r.pages, r.stored, r.unchanged, r.deleted, r.rejected,
  r.declared_total, a.calls, a.points, a.retries, a.waited_seconds, r.message
from raw.source_run as r
left join raw.source_usage as a on a.run_id = r.run_id and a.source = r.source and a.stream = r.stream
left join raw.run as u on u.run_id = r.run_id
order by r.run_id desc, r.source, r.stream, r.started_at
