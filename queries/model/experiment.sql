/*
title: Experiments
grain: one row per experiment
description: >
  `difference_low` to `difference_high` is the 95 % interval of variant less control as the source states it. `version`: the release that it is about, where stated.
*/
select
  source || ':' || id as experiment_id,
  id as native_id,
  source,
  service,
  name,
  metric,
  control_value,
  variant_value,
  case when difference_low <= difference_high then difference_low end as difference_low,
  case when difference_low <= difference_high then difference_high end as difference_high,
  decision,
  decided_at,
  started_at,
  version,
  flag
from staging.files_experiment
where (decided_at is null or decided_at < getvariable('as_of')) and (started_at is null or started_at < getvariable('as_of'))
order by experiment_id
