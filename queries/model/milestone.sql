/*
title: Milestones
grain: one row per milestone
*/
select source || ':' || id as milestone_id, name, planned_at, actual_at, scope
from staging.files_milestone
order by milestone_id
