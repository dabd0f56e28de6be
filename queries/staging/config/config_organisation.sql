/*
title: Organisation as configured
grain: one row
*/
select
  document ->> 'organisation' as name,
  document ->> 'time_zone' as time_zone,
  (document ->> 'quarter_start_month')::integer as quarter_start_month
from raw.configuration
order by name
