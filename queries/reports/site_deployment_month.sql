/*
title: Production deployments by service and month
grain: one row per service and month in which the service was known, or an attempt was made
description: >
  Filed, like the figures, by the wave's end; attempts that never went live by their start. `recency` counts months back from the newest
  one of the organisation, 1 first; `pages` is how many pages list the month, 0 where there is nothing to list.
*/
with wave as (
  select
    p.service,
    p.month,
    count(*) as deployments,
    max(p.page) as pages,
    count(*) filter (where o.is_failure) as failed,
    count(*) filter (where w.kind = 'rollback') as rollbacks,
    count(*) filter (where o.outcome = 'pending') as pending,
    count(*) filter (where o.outcome = 'unknown') as unknown
  from reports.site_wave_place as p
  join model.wave as w on w.wave_id = p.wave_id
  join metrics.wave_outcome as o on o.wave_id = p.wave_id
  group by p.service, p.month
),
attempt as (
  select
    service,
    month,
    count(*) filter (where not is_excluded) as never_live,
    count(*) filter (where not is_excluded and then_wave_id is not null) as retried,
    count(*) filter (where is_excluded) as excluded
  from reports.site_deployment_attempt
  group by service, month
),
known as (
  select scope as service, period_label as month
  from metrics.scope_period
  where scope_kind = 'service' and period_kind = 'month'
  union
  select service, month
  from wave
  union
  select service, month
  from attempt
)
select
  k.service,
  k.month,
  dense_rank() over (order by k.month desc) as recency,
  coalesce(w.deployments, 0) as deployments,
  coalesce(w.failed, 0) as failed,
  coalesce(w.rollbacks, 0) as rollbacks,
  coalesce(w.pending, 0) as pending,
  coalesce(w.unknown, 0) as unknown,
  coalesce(a.never_live, 0) as never_live,
  coalesce(a.retried, 0) as retried,
  coalesce(a.excluded, 0) as excluded,
  case when w.service is null and a.service is null then 0 else coalesce(w.pages, 1) end as pages
from known as k
join model.service as s on s.service = k.service
left join wave as w on w.service = k.service and w.month = k.month
left join attempt as a on a.service = k.service and a.month = k.month
order by k.service, k.month
