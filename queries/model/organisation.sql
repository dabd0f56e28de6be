/*
title: Organisation
grain: one row
*/
select name, time_zone, quarter_start_month
from staging.config_organisation
order by name
