/*
title: Records of PagerDuty
description: What PagerDuty said, as it is now.
grain: one row per source, stream and record
*/
select r.source, r.stream, r.key as id, r.payload
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'pagerduty'
order by r.source, r.stream, id
