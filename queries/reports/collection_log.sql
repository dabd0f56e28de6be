/*
title: Collection log
grain: one row per stream of a run, and one per batch that it stored
description: >
  How the data came here: everything about collecting that another collection of the same records need not repeat. Batches are chained by their hashes.
*/
with entry as (
  select
    r.run_id, r.source, r.stream, 0::bigint as batch, 'stream' as entry, r.started_at, r.finished_at, r.status, r.pages, r.stored, r.unchanged,
    r.deleted, r.rejected, r.declared_total, a.calls, a.points, a.retries, a.waited_seconds, r.message, null::varchar as sha256,
    null::varchar as chain_sha256
  from raw.source_run as r
  left join raw.source_usage as a on a.run_id = r.run_id and a.source = r.source and a.stream = r.stream
  union all
  select
    run_id, source, stream, batch_id, 'batch', null, null, null, null, records, null, null, null, null, null, null, null, null, null, sha256, chain_sha256
  from raw.batch
)
select
  e.run_id, e.source, e.stream, e.entry, nullif(e.batch, 0) as batch, u.product_version, e.started_at, e.finished_at, e.status, e.pages, e.stored,
  e.unchanged, e.deleted, e.rejected, e.declared_total, e.calls, e.points, e.retries, e.waited_seconds, e.message, e.sha256, e.chain_sha256
from entry as e
left join raw.run as u on u.run_id = e.run_id
order by e.run_id, e.source, e.stream, e.batch
