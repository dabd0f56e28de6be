/*
title: A successful deployment has a time
grain: one row per service
*/
select
  service as subject,
  count(*) as rows,
  'They do not count: it is not known when they went live.' as effect,
  'Map finished_at or started_at of its deployments.' as remedy
from model.reported_deployment
where status = 'success' and live_at is null
group by service
order by service
