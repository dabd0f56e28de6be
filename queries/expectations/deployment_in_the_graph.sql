/*
title: Deployments stand in a commit graph
grain: one row per service with deployments placed by time
*/
select
  service as subject,
  count(*) as rows,
  'What they contain is judged by the clock, not by the commit graph.' as effect,
  'Collect the repository with the git collector, or state the commit of each deployment.' as remedy
from model.wave
where position_basis = 'time'
group by service
order by service
