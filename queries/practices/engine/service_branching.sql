/*
title: How services branch
grain: one row per service with a production deployment whose commit is known
rule: >
  "release branches" where at least half of the service's production deployments put a commit live that is not on the main line, else
  "main line". It is told of the commit graph, so a service without one has no row
version: 1
*/
select
  service,
  case when count(*) filter (where not is_on_main_line) * 2 >= count(*) then 'release branches' else 'main line' end as model
from model.wave
where position_basis = 'graph'
group by service
order by service
