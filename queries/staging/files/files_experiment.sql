/*
title: Experiments from files
description: An experiment and what was decided.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "service": "VARCHAR", "name": "VARCHAR", "metric": "VARCHAR", "control_value": "VARCHAR", "variant_value": "VARCHAR",
        "difference_low": "VARCHAR", "difference_high": "VARCHAR", "decision": "VARCHAR", "decided_at": "VARCHAR", "started_at": "VARCHAR",
        "version": "VARCHAR", "flag": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'experiment'
)
select
  source,
  said.id as id,
  said.service as service,
  said.name as name,
  said.metric as metric,
  try_cast(said.control_value as double) as control_value,
  try_cast(said.variant_value as double) as variant_value,
  try_cast(said.difference_low as double) as difference_low,
  try_cast(said.difference_high as double) as difference_high,
  said.decision as decision,
  try_cast(said.decided_at as timestamptz) as decided_at,
  try_cast(said.started_at as timestamptz) as started_at,
  said.version as version,
  said.flag as flag
from record
order by source, id
