/*
title: Metrics that an action may mean to move
grain: one row per metric or measure of practices
*/
select distinct metric, unit
from reports.site_figure
union
select measure as metric, unit
from practices.measure
order by metric, unit
