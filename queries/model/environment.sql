/*
title: Environments
grain: one row per environment
description: Copies of one environment share a wave; an environment without copies is its own wave.
*/
with declared as (
  select environment, kind, promotion_rank, wave, 1 as precedence, '' as source
  from staging.config_environment
  union all
  select name as environment, kind, "rank" as promotion_rank, wave, 2 as precedence, source
  from staging.files_environment
  union all
  select name as environment, kind, "rank" as promotion_rank, wave, 3 as precedence, source
  from staging.events_environment
),
ranked as (
  select
    environment,
    kind,
    promotion_rank,
    wave,
    row_number() over (partition by environment order by precedence, source) as choice
  from declared
)
select
  environment,
  kind,
  promotion_rank,
  coalesce(wave, environment) as wave
from ranked
where choice = 1
order by environment
