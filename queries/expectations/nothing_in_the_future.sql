/*
title: Nothing is dated after as-of
grain: one row per kind of record
rule: events dated after as-of are reported and never used (design 1)
*/
with dated as (
  select 'deployments' as subject from model.reported_deployment
  where coalesce(live_at, started_at) >= getvariable('as_of')
  union all
  select 'changes' as subject from staging.files_change where merged_at >= getvariable('as_of')
  union all
  select 'changes' as subject from staging.events_change where merged_at >= getvariable('as_of')
  union all
  select 'changes' as subject from staging.github_change where merged_at >= getvariable('as_of')
  union all
  select 'changes' as subject from staging.gitlab_change where merged_at >= getvariable('as_of')
  union all
  select 'incidents' as subject from staging.files_incident where started_at >= getvariable('as_of')
  union all
  select 'incidents' as subject from staging.events_incident where started_at >= getvariable('as_of')
  union all
  select 'incidents' as subject from staging.github_incident where started_at >= getvariable('as_of')
  union all
  select 'incidents' as subject from staging.gitlab_incident where started_at >= getvariable('as_of')
  union all
  select 'approvals' as subject from staging.files_deployment_approval where decided_at >= getvariable('as_of')
  union all
  select 'approvals' as subject from staging.github_deployment_approval where decided_at >= getvariable('as_of')
  union all
  select replace(entity, '_', ' ') || 's' as subject from model.process_record where happened_at >= getvariable('as_of') and entity <> 'booking'
  union all
  select 'approvals' as subject from staging.gitlab_deployment_approval where decided_at >= getvariable('as_of')
  union all
  select 'commits' as subject from model.reported_commit where committed_at >= getvariable('as_of')
)
select
  subject,
  count(*) as rows,
  'They are dated after as-of and not used.' as effect,
  'Correct the clock or time zone of the source, or look at a later as-of.' as remedy
from dated
group by subject
order by subject
