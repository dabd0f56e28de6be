/*
title: Variants of paths
grain: one row per type of change, path and departure from what is required
description: How often each was taken, and from its first step to its last (seconds, UTC instants). The newest deployment of each stands for it.
*/
with span as (
  select wave_id, date_diff('second', min("at"), max("at")) as seconds
  from controls.path_step
  group by wave_id
)
select
  p.type,
  p.path,
  p.departs_at,
  p.departure,
  count(*)::bigint as deployments,
  count(distinct p.service)::bigint as services,
  round(median(s.seconds))::bigint as median_seconds,
  max_by(p.wave_id, struct_pack("at" := p.live_at, id := p.wave_id)) as example_wave_id
from controls.wave_path as p
join span as s on s.wave_id = p.wave_id
group by p.type, p.path, p.departs_at, p.departure
order by p.type, deployments desc, p.path, p.departs_at nulls first
