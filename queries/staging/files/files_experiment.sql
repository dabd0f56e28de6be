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
  staging.number(said.control_value) as control_value,
  staging.number(said.variant_value) as variant_value,
  staging.number(said.difference_low) as difference_low,
  staging.number(said.difference_high) as difference_high,
  said.decision as decision,
  staging.instant(said.decided_at) as decided_at,
  staging.instant(said.started_at) as started_at,
  said.version as version,
  said.flag as flag
from record
order by source, id
