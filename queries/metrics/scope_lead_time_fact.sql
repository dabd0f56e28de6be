/*
title: Lead times by scope and period
grain: one row per lead time fact, scope and period that it counts in
description: Not kept, for each fact is in some twenty of them. `ships_once` is true where the change has no fact of another service.
view: true
*/
select
  m.scope_kind,
  m.scope,
  p.period_kind,
  p.period_start,
  f.basis,
  f.service,
  f.change_id,
  f.ships_once,
  f.lead_seconds,
  f.coding_seconds,
  f.pickup_seconds,
  f.review_seconds,
  f.no_review_seconds,
  f.merge_to_live_seconds
from metrics.lead_time_fact as f
join metrics.scope_member as m
  on m.service = f.service and f.filed_at >= m.member_from and f.filed_at < m.member_until
join metrics.wave_period as p on p.wave_id = f.wave_id
