/*
title: How many changes a deployment put there
grain: one row per production deployment that put any change there
description: Where only parts with a request or an approval are looked into, which are few, it tells whether these are all parts.
*/
select deployment_id, count(*) as changes
from controls.deployment_change
group by deployment_id
order by deployment_id
