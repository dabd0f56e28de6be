/*
title: Changes that a production deployment brings
grain: one row per attempt and change that its wave was the first to ship
description: An attempt that never went live, and one that brought nothing new, has none. What may have shipped before the first known deployment is left out.
*/
select d.deployment_id, w.change_id
from controls.production_deployment as d
join model.wave_change as w on w.wave_id = d.wave_id and w.service = d.service
where not w.is_before_history
order by d.deployment_id, w.change_id
