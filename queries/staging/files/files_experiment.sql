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
  try_cast(r.payload ->> 'control_value' as double) as control_value,
  try_cast(r.payload ->> 'variant_value' as double) as variant_value,
  try_cast(r.payload ->> 'difference_low' as double) as difference_low,
  try_cast(r.payload ->> 'difference_high' as double) as difference_high,
  r.payload ->> 'decision' as decision,
  try_cast(r.payload ->> 'decided_at' as timestamptz) as decided_at,
  try_cast(r.payload ->> 'started_at' as timestamptz) as started_at,
  r.payload ->> 'version' as version,
  r.payload ->> 'flag' as flag
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'experiment'
order by r.source, id
