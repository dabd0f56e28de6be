/*
title: Where pages list each incident
grain: one row per incident
rule: in the list of the month in which it began, newest first; a page takes 30, fewer where many deployments are candidates
description: An incident weighs 4, each candidate that is listed with it 1, a page 120. Links from everywhere read this, so that they are exact.
*/
with linked as (
  select incident_id, least(count(*), 10) as candidates
  from correlation.incident_link
  group by incident_id
),
filed as (
  select
    i.incident_id,
    i.started_at,
    strftime(timezone(getvariable('time_zone'), i.started_at), '%Y-%m') as month,
    4 + coalesce(l.candidates, 0) as weight
  from model.incident as i
  left join linked as l on l.incident_id = i.incident_id
),
numbered as (
  select
    incident_id,
    month,
    row_number() over (partition by month order by started_at desc, incident_id) as position,
    sum(weight) over (partition by month order by started_at desc, incident_id rows between unbounded preceding and current row) - weight as weight_before
  from filed
)
select incident_id, month, dense_rank() over (partition by month order by weight_before // 120) as page, position
from numbered
order by month, position
