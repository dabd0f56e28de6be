/*
title: Priorities of PagerDuty
grain: one row per source and priority
*/
select source, id, payload ->> '$.name' as name, payload ->> '$.description' as description
from staging.pagerduty_record
where stream = 'priority'
order by source, id
