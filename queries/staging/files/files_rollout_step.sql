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
  staging.number(said.share) as share,
  staging.instant(said.started_at) as started_at,
  staging.instant(said.finished_at) as finished_at,
  said.outcome as outcome,
  said.url as url
from record
order by source, id
