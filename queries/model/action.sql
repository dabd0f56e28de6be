/*
title: Actions of retrospectives
grain: one row per action
*/
select
  source || ':' || id as action_id,
  title,
  owner,
  team,
  due_on,
  status,
  closed_on,
  service,
  review,
  metric,
  decided_on
from staging.files_action
order by action_id
