/*
title: Deployments of waves
grain: one row per deployment that went live in production and counts
rule: copies of an environment form one wave, counted once; a pause longer than the wave gap begins another (design 3)
description: >
  Deployments of the same commit or version of a service to copies of one environment belong together while no pause is
  longer than the gap. A copy that receives it again within that time begins another wave.
*/
with live as (
  select
    deployment_id,
    service,
    wave_name,
    environment,
    coalesce(sha, version, deployment_id) as identity,
    live_at
  from model.reported_deployment
  where
    environment_kind = 'production'
    and is_known_service
    and live_at < getvariable('as_of')
    and excluded_reason is null
),
spaced as (
  select
    deployment_id,
    service,
    wave_name,
    environment,
    identity,
    live_at,
    case
      when date_diff('second', lag(live_at) over (partition by service, wave_name, identity order by live_at, deployment_id), live_at)
        <= getvariable('wave_gap') then 0
      else 1
    end as begins
  from live
),
grouped as (
  select
    deployment_id,
    service,
    wave_name,
    environment,
    identity,
    live_at,
    sum(begins) over (partition by service, wave_name, identity order by live_at, deployment_id) as session
  from spaced
),
numbered as (
  select
    deployment_id,
    service,
    wave_name,
    identity,
    live_at,
    session,
    row_number() over (
      partition by service, wave_name, identity, session, environment
      order by live_at, deployment_id
    ) as occurrence
  from grouped
)
select
  deployment_id,
  first_value(deployment_id) over (
    partition by service, wave_name, identity, session, occurrence
    order by live_at, deployment_id
  ) as wave_id,
  service,
  wave_name,
  identity,
  live_at
from numbered
order by deployment_id
