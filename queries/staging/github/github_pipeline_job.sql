/*
title: Jobs of GitHub's workflow runs
description: >
  Of the attempts whose jobs are read. A conclusion that is not known here stays as GitHub words it.
grain: one row per source and job
*/
with job as (
  select source, repository, repository_url, payload, coalesce(payload ->> '$.conclusion', '') as conclusion
  from staging.github_record
  where stream = 'workflow_job'
)
select
  source,
  payload ->> '$.id' as id,
  payload ->> '$.run_id' as pipeline_run,
  coalesce(cast(payload ->> '$.run_attempt' as bigint), 1) as attempt,
  payload ->> '$.name' as name,
  cast(payload ->> '$.created_at' as timestamptz) as queued_at,
  case when (payload ->> '$.status') in ('in_progress', 'completed') then cast(payload ->> '$.started_at' as timestamptz) end as started_at,
  cast(payload ->> '$.completed_at' as timestamptz) as finished_at,
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
