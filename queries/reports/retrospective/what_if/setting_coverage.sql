/*
title: "Setting: test coverage"
grain: one row per production wave of which a report from before it is known
description: The highest coverage in percent that a test report of what was deployed says.
*/
select 'coverage' as setting, w.wave_id, max(100 * t.coverage) as number
from controls.deployment_test as t
join model.wave_deployment as w on w.deployment_id = t.deployment_id
where t.is_before and t.coverage is not null
group by w.wave_id
order by w.wave_id
