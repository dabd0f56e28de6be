/*
title: Emergency changes by month
grain: one row per month in which change requests were filed, newest first
rule: change requests of type emergency / all change requests whose type is known
*/
with filed as (
  select change_request_id, type, strftime(timezone(getvariable('time_zone'), occurred_at), '%Y-%m') as month
  from controls.filed_request
  where occurred_at is not null
),
counted as (
  select
    f.month,
    count(*) as requests,
    count(*) filter (where f.type is not null) as typed,
    count(*) filter (where f.type = 'emergency') as emergencies,
    count(*) filter (where e.review_status = 'pass') as reviewed,
    count(*) filter (where e.review_status = 'fail') as not_reviewed,
    count(*) filter (where e.review_status = 'exempt') as review_exempt,
    count(*) filter (where e.is_review_not_due) as review_not_due,
    count(*) filter (where f.type = 'emergency' and coalesce(e.review_status, 'unknown') = 'unknown') as review_unknown,
    count(*) filter (where e.review_status = 'not_applicable' and not e.is_review_not_due) as review_not_judged
  from filed as f
  left join reports.site_emergency as e on e.change_request_id = f.change_request_id
  group by f.month
)
select
  row_number() over (order by month desc) as position,
  month,
  requests::bigint as requests,
  typed::bigint as typed,
  emergencies::bigint as emergencies,
  emergencies / nullif(typed, 0) as ratio,
  reviewed::bigint as reviewed,
  not_reviewed::bigint as not_reviewed,
  review_exempt::bigint as review_exempt,
  review_not_due::bigint as review_not_due,
  review_unknown::bigint as review_unknown,
  review_not_judged::bigint as review_not_judged
from counted
order by position
