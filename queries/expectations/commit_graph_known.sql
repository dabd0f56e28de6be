/*
title: A repository with commits has a main line
grain: one row per repository with commits and no main line
*/
select
  c.repository as subject,
  count(*) as rows,
  'What a deployment contains is read from time, not from the commit graph.' as effect,
  'Bring a ref of kind main for it.' as remedy
from model.reported_commit as c
where not exists (select 1 from model.commit_graph as g where g.repository = c.repository)
group by c.repository
order by c.repository
