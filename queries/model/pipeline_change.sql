/*
title: Changes of pipelines
grain: one row per change of how a pipeline works
description: A null service = every service, a null workflow = every pipeline. `action` is the id of the action that asked for it.
*/
select
  source || ':' || id as pipeline_change_id,
  id as native_id,
  source,
  title,
  service,
  workflow,
  changed_at,
  action,
  url
from staging.files_pipeline_change
where changed_at < getvariable('as_of')
order by pipeline_change_id
