/*
title: Every deployment names a known environment
grain: one row per unknown environment
*/
select
  environment as subject,
  count(*) as rows,
  'Its deployments do not count: it is not known whether it is production.' as effect,
  'Add ' || environment || ' under environments with its kind, or to the names of one.' as remedy
from model.reported_deployment
where environment_kind is null
group by environment
order by environment
