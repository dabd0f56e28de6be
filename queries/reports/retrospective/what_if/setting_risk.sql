/*
title: "Setting: from which risk on a second approval is asked for"
grain: one row per production wave with a change request that says its risk
description: 1 low, 2 medium, 3 high; of several requests the highest.
*/
select
  'risk' as setting,
  w.wave_id,
  max(case lower(q.risk) when 'low' then 1 when 'medium' then 2 when 'moderate' then 2 else 3 end)::double as number
from model.deployment_request as r
join model.wave_deployment as w on w.deployment_id = r.deployment_id
join model.change_request as q on q.change_request_id = r.change_request_id
where lower(q.risk) in ('low', 'medium', 'moderate', 'high', 'critical', 'very high')
group by w.wave_id
order by w.wave_id
