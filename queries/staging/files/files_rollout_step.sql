/*
title: Steps of roll-outs from files
description: A step of a deployment that goes out bit by bit.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'deployment' as deployment,
  r.payload ->> 'strategy' as strategy,
  r.payload ->> 'ring' as ring,
  try_cast(r.payload ->> 'share' as double) as share,
  try_cast(r.payload ->> 'started_at' as timestamptz) as started_at,
  try_cast(r.payload ->> 'finished_at' as timestamptz) as finished_at,
  r.payload ->> 'outcome' as outcome,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'rollout_step'
order by r.source, id
