/*
title: Jobs of GitHub's workflow runs
description: >
  Of the attempts whose jobs are read, or delivered. A conclusion that is not known here stays as GitHub words it.
grain: one row per source and job
*/
with mention as (
  select source, payload ->> '$.id' as id, payload, 1 as precedence
  from staging.github_record
  where stream = 'workflow_job'
  union all
  select source, id, payload, 2 as precedence
  from staging.github_delivered_pipeline_job
),
ranked as (
  select
    source, id, payload,
    row_number() over (partition by source, id order by (payload ->> '$.status') is distinct from 'completed', precedence) as choice
  from mention
),
job as (
  select source, id, payload, coalesce(payload ->> '$.conclusion', '') as conclusion
  from ranked
  where choice = 1
)
select
  source,
  id,
  payload ->> '$.run_id' as pipeline_run,
  coalesce(staging.whole(payload ->> '$.run_attempt'), 1) as attempt,
  payload ->> '$.name' as name,
  staging.instant(payload ->> '$.created_at') as queued_at,
  case when (payload ->> '$.status') in ('in_progress', 'completed') then staging.instant(payload ->> '$.started_at') end as started_at,
  staging.instant(payload ->> '$.completed_at') as finished_at,
  case conclusion
    when '' then null
    when 'neutral' then 'success'
    when 'startup_failure' then 'failure'
    when 'stale' then 'cancelled'
    when 'action_required' then 'skipped'
    else conclusion
  end as conclusion,
  cast(null as boolean) as is_manual
from job
order by source, id
