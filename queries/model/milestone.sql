/*
title: Milestones
grain: one row per milestone
*/
with reported as (
  select source, id, name, planned_at, actual_at, scope
  from staging.files_milestone
  union all
  select source, id, name, planned_at, actual_at, scope
  from staging.evidence_milestone
)
select source || ':' || id as milestone_id, name, planned_at, actual_at, scope
from reported
order by milestone_id
