/*
title: Where pages list each incident
grain: one row per incident
rule: in the list of the month in which it began, newest first, 60 a page
description: Links from everywhere read this, so that they are exact.
*/
with filed as (
  select incident_id, started_at, strftime(timezone(getvariable('time_zone'), started_at), '%Y-%m') as month
  from model.incident
),
numbered as (
  select incident_id, month, row_number() over (partition by month order by started_at desc, incident_id) as position
  from filed
)
select incident_id, month, 1 + (position - 1) // 60 as page, position
from numbered
order by month, position
