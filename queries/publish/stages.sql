/*
title: Stages of change lead time
grain: one row per scope, period, basis and stage
audience: leadership
columns:
  scope_kind: organisation, team or service
  scope: Name of the organisation, team or service
  period_kind: all, year, quarter, month, week or rolling
  period_start: First instant of the period
  basis: "From when lead time is told: first commit, opened or merge"
  stage: coding, pickup, review, no review or merge to live
  stage_number: Place of the stage in the order of events
  stage_seconds: The stage's part of the median lead time; the stages sum to the median
  share_ratio: The stage's share of the median lead time, from 0 to 1
*/
select
  scope_kind,
  scope,
  period_kind,
  period_start,
  basis,
  stage,
  stage_order::integer as stage_number,
  value_seconds as stage_seconds,
  share as share_ratio
from metrics.lead_time_stage
order by scope_kind, scope, period_kind, period_start, basis, stage_order
