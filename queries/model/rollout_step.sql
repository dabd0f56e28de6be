/*
title: Steps of roll-outs
grain: one row per step of a deployment
description: >
  How far a deployment that goes out bit by bit had come. `share` is of users, 0 to 1. Instants are UTC.
*/
select
  source || ':' || id as rollout_step_id,
  id as native_id,
  source,
  deployment,
  strategy,
  ring,
  share,
  started_at,
  finished_at,
  outcome,
  url
from staging.files_rollout_step
where started_at is null or started_at < getvariable('as_of')
order by rollout_step_id
