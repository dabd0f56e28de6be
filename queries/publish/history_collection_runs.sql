/*
title: Collection runs
grain: one row per run, source and stream
*/
select
  r.run_id, u.product_version, r.source, r.stream, r.started_at, r.finished_at, r.status, r.pages, r.stored, r.unchanged, r.deleted, r.rejected,
  r.declared_total, r.message
from raw.source_run as r
left join raw.run as u on u.run_id = r.run_id
order by r.run_id desc, r.source, r.stream, r.started_at
