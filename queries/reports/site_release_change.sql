/*
title: Changes of releases on pages
grain: one row per release and change that its deployment was the first to bring to production
description: By time of merge by `position`. Stages are null where the change did not pass them or its lead time is not known.
*/
select
  c.service,
  c.version,
  row_number() over (partition by c.service, c.version order by c.merged_at, c.change_id) as position,
  c.change_id,
  c.native_id,
  c.number,
  c.title,
  c.kind,
  c.author,
  c.merged_at,
  c.merge_sha,
  c.tickets,
  c.labels,
  c.review,
  c.has_review_source,
  c.is_approved,
  c.approvers,
  c.approvals,
  c.late_approvals,
  c.last_approved_at,
  l.basis,
  l.lead_seconds,
  l.coding_seconds,
  l.pickup_seconds,
  l.review_seconds,
  l.no_review_seconds,
  l.merge_to_live_seconds,
  c.wave_id,
  c.is_before_history,
  c.source,
  c.url,
  c.excluded_reason
from reports.release_changes as c
left join reports.release_lead_times as l
  on l.service = c.service and l.version = c.version and l.change_id = c.change_id
order by c.service, c.version, position
