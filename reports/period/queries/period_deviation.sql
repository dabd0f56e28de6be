/*
title: Deviations of the period
grain: one row per control and unit that fails
description: Severe controls first, the oldest first within a control.
version: 1
*/
select
  row_number() over (
    order by case r.severity when 'critical' then 1 when 'high' then 2 when 'medium' then 3 else 4 end, r.control, r.occurred_at nulls last, r.unit_kind, r.unit
  ) as position,
  r.control,
  r.severity,
  r.unit_kind,
  r.unit,
  r.service,
  coalesce(s.title, r.service) as service_title,
  r.teams,
  r.environment,
  r.occurred_at,
  r.reason,
  r.evidence,
  r.findings,
  q.native_id as request_native_id,
  coalesce(d.url, q.url) as url
from period_result as r
left join model.service as s on s.service = r.service
left join controls.production_deployment as d on r.unit_kind = 'deployment' and d.deployment_id = r.unit
left join model.change_request as q on r.unit_kind = 'change_request' and q.change_request_id = r.unit
where r.status = 'fail'
order by position
