/*
title: Steps of roll-outs from files
description: A step of a deployment that goes out bit by bit.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "deployment": "VARCHAR", "strategy": "VARCHAR", "ring": "VARCHAR", "share": "VARCHAR", "started_at": "VARCHAR",
        "finished_at": "VARCHAR", "outcome": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'rollout_step'
)
select
  source,
  said.id as id,
  said.deployment as deployment,
  said.strategy as strategy,
  said.ring as ring,
  try_cast(said.share as double) as share,
  try_cast(said.started_at as timestamptz) as started_at,
  try_cast(said.finished_at as timestamptz) as finished_at,
  said.outcome as outcome,
  said.url as url
from record
order by source, id
