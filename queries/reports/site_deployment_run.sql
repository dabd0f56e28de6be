/*
title: Pipeline runs of each production deployment
grain: one row per wave and pipeline run
description: >
  Attempts of a run are counted together; `conclusion` is that of the last one. A run that no source describes has only its number.
*/
with named as (
  select distinct d.service, d.wave_id, d.source, d.pipeline_run
  from model.deployment as d
  where d.wave_id is not null and d.pipeline_run is not null
),
job as (
  select r.source, r.native_id, string_agg(distinct j.name, ', ' order by j.name) as failed_jobs
  from model.pipeline_job as j
  join model.pipeline_run as r on r.pipeline_run_id = j.pipeline_run_id
  where j.conclusion = 'failure'
  group by r.source, r.native_id
),
attempt as (
  select
    source, native_id, workflow, trigger, conclusion, url,
    row_number() over (partition by source, native_id order by attempt desc, pipeline_run_id desc) as recency,
    count(*) over (partition by source, native_id) as attempts,
    sum(case when conclusion <> 'success' then 1 else 0 end) over (partition by source, native_id) as unsuccessful_attempts
  from model.pipeline_run
),
run as (
  select source, native_id, workflow, trigger, conclusion, url, attempts, unsuccessful_attempts
  from attempt
  where recency = 1
),
-- another source may describe the runs that a source of deployments names
matched as (
  select
    n.service, n.wave_id, n.pipeline_run, r.source, r.attempts, r.unsuccessful_attempts, r.workflow, r.trigger, r.conclusion, r.url,
    row_number() over (partition by n.wave_id, n.pipeline_run order by r.source is distinct from n.source, r.source) as choice
  from named as n
  left join run as r on r.native_id = n.pipeline_run
)
select
  m.service,
  p.month,
  m.wave_id,
  row_number() over (partition by m.wave_id order by m.pipeline_run) as position,
  m.pipeline_run,
  m.workflow,
  m.trigger,
  m.attempts,
  m.unsuccessful_attempts::bigint as unsuccessful_attempts,
  m.conclusion,
  j.failed_jobs,
  m.url
from matched as m
join reports.site_wave_place as p on p.wave_id = m.wave_id
left join job as j on j.source = m.source and j.native_id = m.pipeline_run
where m.choice = 1
order by m.service, p.month, m.wave_id, position
