/*
title: Every change number has its record
grain: one row per repository with numbers in commits that its source of changes does not have
*/
with reported as (
  select distinct repository
  from model.reported_change
  where repository is not null
)
select
  n.repository as subject,
  count(*) as rows,
  'The commits name changes that no source brought, such as ' || min(n.number) || ': their review is unknown and their lead time may begin at the merge.' as effect,
  'Let the export of changes reach back further, and take in every merged one.' as remedy
from model.commit_change_number as n
join reported as r on r.repository = n.repository
where not exists (
  select 1
  from model.reported_change as c
  where c.repository = n.repository and c.number = n.number
)
group by n.repository
order by n.repository
