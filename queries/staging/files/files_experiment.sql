/*
title: Experiments from files
description: An experiment and what was decided.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'service' as service,
  r.payload ->> 'name' as name,
  r.payload ->> 'metric' as metric,
  cast(r.payload ->> 'control_value' as double) as control_value,
  cast(r.payload ->> 'variant_value' as double) as variant_value,
  r.payload ->> 'decision' as decision,
  cast(r.payload ->> 'decided_at' as timestamptz) as decided_at
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'experiment'
order by r.source, id
