/*
title: Where pages list each production deployment
grain: one row per wave
rule: >
  In its service's list of the month of its end, newest first. A page takes 24 deployments, or about 100 of their changes, or a mix;
  one with more than 40 changes begins a page
description: >
  A deployment weighs 5, each change that is listed with it 1, a page 120. Links from everywhere read this, so that they are exact.
*/
with carried as (
  select wave_id, count(*) as changes
  from model.wave_change
  group by wave_id
),
filed as (
  select
    w.service,
    w.wave_id,
    strftime(timezone(getvariable('time_zone'), w.completed_at), '%Y-%m') as month,
    coalesce(c.changes, 0) as changes,
    row_number() over (partition by w.service order by w.completed_at desc, w.wave_id) as position
  from model.wave as w
  left join carried as c on c.wave_id = w.wave_id
),
parted as (
  select
    service, wave_id, month, position,
    5 + least(changes, 100) as weight,
    sum(case when changes > 40 then 1 else 0 end) over (
      partition by service, month order by position rows between unbounded preceding and current row
    ) as part
  from filed
),
weighed as (
  select
    service, wave_id, month, position, part,
    sum(weight) over (partition by service, month, part order by position rows between unbounded preceding and current row) - weight as weight_before
  from parted
)
select
  service,
  wave_id,
  month,
  dense_rank() over (partition by service, month order by part, weight_before // 120) as page,
  position
from weighed
order by service, position
