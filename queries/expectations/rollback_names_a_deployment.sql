/*
title: A stated rollback names a known deployment
grain: one row per service
*/
select
  d.service as subject,
  count(*) as rows,
  'What they roll back is taken to be what was live before them.' as effect,
  'Let rollback_of hold the id of a deployment of the same service.' as remedy
from model.reported_deployment as d
where
  d.rollback_of is not null
  and not exists (
    select 1
    from model.reported_deployment as t
    where t.service = d.service and (t.native_id = d.rollback_of or t.deployment_id = d.rollback_of)
  )
group by d.service
order by d.service
