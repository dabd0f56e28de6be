/*
title: Every record names a known service
grain: one row per unknown service
*/
with named as (
  select service, 'deployment' as kind from model.reported_deployment
  union all
  select service, 'incident' as kind from model.incident where service is not null
  union all
  select unnest(services) as service, 'change' as kind from model.change
)
select
  n.service as subject,
  count(*) as rows,
  'They are in no figure: the service is not known.' as effect,
  'Add ' || n.service || ' under services, or map the value to a known service.' as remedy
from named as n
where not exists (select 1 from model.service as s where s.service = n.service)
group by n.service
order by n.service
