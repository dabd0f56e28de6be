/*
title: Who wrote what a production deployment brings
grain: one row per attempt, change in it and person who wrote in that change
description: >
  `change_id` is null where an attempt never went live: then it is who wrote the change that its commit belongs to.
*/
select c.deployment_id, c.change_id, a.person_id, a.is_bot, a.is_doubtful
from controls.deployment_change as c
join controls.change_author as a on a.change_id = c.change_id
union all
select d.deployment_id, null as change_id, a.person_id, a.is_bot, a.is_doubtful
from controls.change_author as a
join (
  select n.deployment_id, m.change_id
  from model.change_commit as m
  join controls.production_deployment as n on n.repository = m.repository and n.sha = m.sha
  where n.wave_id is null
) as d on d.change_id = a.change_id
order by deployment_id, change_id, person_id
