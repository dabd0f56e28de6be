/*
title: Lead times of the changes of releases
grain: one row per release and change whose lead time is known
description: A stage is null where the change did not pass it, or where the basis does not tell it.
*/
select
  w.service,
  w.version,
  f.change_id,
  c.number,
  c.title,
  f.basis,
  f.filed_at as live_at,
  f.lead_seconds,
  case when f.basis = 'first commit' then f.coding_seconds end as coding_seconds,
  case when f.has_review then f.pickup_seconds end as pickup_seconds,
  case when f.has_review then f.review_seconds end as review_seconds,
  case when not f.has_review and f.basis <> 'merge' then f.no_review_seconds end as no_review_seconds,
  f.merge_to_live_seconds,
  c.url
from reports.release_waves as w
join metrics.lead_time_fact as f on f.wave_id = w.wave_id and f.service = w.service
join model.change as c on c.change_id = f.change_id
order by w.service, w.version, f.lead_seconds, f.change_id
