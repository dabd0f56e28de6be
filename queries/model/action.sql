/*
title: Actions of retrospectives
grain: one row per action
*/
select
  source || ':' || id as action_id,
  title,
  owner,
  owner_role,
  team,
  due_on,
  status,
  closed_on,
  service,
  review,
  metric,
  direction,
  target,
  quarter,
  decided_on
from staging.files_action
order by action_id
