/*
title: When pipeline runs wait for machines
grain: one row per run and runner or environment that it waited for
rule: >
  From when it was asked for to when it was ready, cut to the time from the run's queueing (else start) to its end, less what an earlier wait of the run covers: waits at the same time count once, so that the
  seconds of a run add up
version: 1
description: "`in_queue` are the seconds before the run began, `in_run` those after."
*/
with run as (
  select pipeline_run_id, service, coalesce(least(queued_at, started_at), started_at) as began_at, started_at, finished_at
  from model.pipeline_run
),
wait as (
  select
    r.pipeline_run_id,
    r.service,
    r.started_at,
    p.provisioning_id,
    greatest(p.requested_at, r.began_at) as wait_from,
    least(p.ready_at, coalesce(r.finished_at, p.ready_at)) as wait_until
  from model.provisioning as p
  join run as r on r.pipeline_run_id = p.pipeline_run_id
  where p.ready_at >= p.requested_at and p.ready_at >= r.began_at and (r.finished_at is null or p.requested_at < r.finished_at)
),
covered as (
  select
    *,
    max(wait_until) over (
      partition by pipeline_run_id order by wait_from, wait_until, provisioning_id rows between unbounded preceding and 1 preceding
    ) as covered_until
  from wait
),
fresh as (
  select pipeline_run_id, service, provisioning_id, started_at, least(greatest(wait_from, coalesce(covered_until, wait_from)), wait_until) as wait_from, wait_until
  from covered
)
select
  pipeline_run_id,
  service,
  provisioning_id,
  wait_from,
  wait_until,
  greatest(date_diff('second', wait_from, least(wait_until, started_at)), 0) as in_queue,
  greatest(date_diff('second', greatest(wait_from, started_at), wait_until), 0) as in_run
from fresh
order by pipeline_run_id, wait_from, provisioning_id
