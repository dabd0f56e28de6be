/*
title: What was let through as a deployment
grain: one row per deployment that was itself approved
description: "`approvals` are those of the deployment, as words. They are no approval of a change request: AUT-01 and AUT-04 tell them, and AUT-03 and the controls of segregation count them."
*/
select
  deployment_id,
  string_agg(approval_id, ', ' order by approval_id) as approvals
from model.deployment_approval
where decision = 'approved'
group by deployment_id
order by deployment_id
