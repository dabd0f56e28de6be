/*
title: Approval and separation of duties, deployment by deployment
grain: one row per deployment of the period of which a control of authorisation or separation fails, is exempt or cannot be judged
description: "`others` approved and wrote nothing in it, `bystanders` approved and did not deploy it."
version: 1
*/
with judged as (
  select
    r.unit as deployment_id,
    string_agg(r.control || ' ' || r.status, ', ' order by r.control) as statuses,
    string_agg(r.control || ': ' || r.reason, chr(10) order by r.control) as reasons,
    max(case r.status when 'fail' then 3 when 'unknown' then 2 else 1 end) as badness
  from controls.result as r
  join controls.control as c on c.control = r.control
  where r.unit_kind = 'deployment' and c.family in ('authorisation', 'segregation') and r.status in ('fail', 'unknown', 'exempt')
  group by r.unit
)
select
  p.deployment_id,
  p.service,
  p.service_title,
  p.occurred_at,
  p.change_type,
  coalesce(i.approvals, 0)::bigint as approvals,
  coalesce(i.others, 0)::bigint as others,
  coalesce(i.bystanders, 0)::bigint as bystanders,
  j.badness::bigint as badness,
  j.statuses,
  j.reasons
from period_deployment as p
join judged as j on j.deployment_id = p.deployment_id
left join controls.deployment_independence as i on i.deployment_id = p.deployment_id
order by p.occurred_at, p.deployment_id
