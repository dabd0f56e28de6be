/*
title: Change requests of each production deployment
grain: one row per wave and change request that one of its deployments names
description: >
  `timing` compares the start of the wave with the planned window. Of a review dated after as-of nothing is known yet. `rollback_plan_ids` and `review_ids` are records of their own beside the request.
*/
with planned as (
  select change_request_id, list_sort(list(rollback_plan_id)) as records
  from controls.request_rollback_plan
  group by change_request_id
),
reviewed as (
  select change_request_id, list_sort(list(post_implementation_review_id)) as records
  from controls.request_review
  group by change_request_id
),
named as (
  select distinct w.service, w.wave_id, r.change_request_id
  from model.wave_deployment as w
  join model.deployment_request as r on r.deployment_id = w.deployment_id
)
select
  n.service,
  p.month,
  n.wave_id,
  row_number() over (partition by n.wave_id order by r.native_id, r.change_request_id) as position,
  r.native_id,
  r.title,
  r.type,
  r.risk,
  r.status,
  r.planned_start,
  r.planned_end,
  case
    when r.planned_start is null and r.planned_end is null then 'no window planned'
    when w.started_at < r.planned_start then 'before the planned window'
    when w.started_at >= r.planned_end then 'after the planned window'
    else 'in the planned window'
  end as timing,
  case when r.review_at < getvariable('as_of') then r.review_at end as reviewed_at,
  nullif(trim(r.rollback_plan), '') is not null as has_rollback_plan,
  coalesce(l.records[1:5], []) as rollback_plan_ids,
  coalesce(v.records[1:5], []) as review_ids,
  r.url
from named as n
join reports.site_wave_place as p on p.wave_id = n.wave_id
join model.wave as w on w.wave_id = n.wave_id
join model.change_request as r on r.change_request_id = n.change_request_id
left join planned as l on l.change_request_id = n.change_request_id
left join reviewed as v on v.change_request_id = n.change_request_id
order by n.service, p.month, n.wave_id, position
