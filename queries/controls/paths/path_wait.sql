/*
title: Waiting on required paths
grain: one row per type of change and pair of required steps that follow each other
description: Over deployments in which both are known and in order; `deployments` counts these, `without` those of the type in which one is not known or they are in the wrong order. Seconds.
*/
with pair as (
  select a.type, a.position, a.step as from_step, b.step as to_step
  from staging.config_required_path as a
  join staging.config_required_path as b on b.type = a.type and b.position = a.position + 1
),
walked as (
  select p.type, p.position, p.from_step, p.to_step, date_diff('second', f."at", t."at") as seconds
  from pair as p
  join controls.wave_path as w on w.type = p.type
  left join controls.path_step as f on f.wave_id = w.wave_id and f.step = p.from_step
  left join controls.path_step as t on t.wave_id = w.wave_id and t.step = p.to_step and t."at" >= f."at"
)
select
  type,
  position,
  from_step,
  to_step,
  count(seconds)::bigint as deployments,
  (count(*) - count(seconds))::bigint as without,
  round(median(seconds))::bigint as median_seconds,
  round(quantile_cont(seconds, 0.9))::bigint as p90_seconds
from walked
group by type, position, from_step, to_step
order by type, position
