/*
title: Whether sources are complete, and what they were asked for
grain: one row per source of quarterdeck.yaml
description: "`asked` is the source's own part of the configuration as used, secrets left out; the verdict is that of POP-03, null where that is switched off."
version: 1
*/
with verdict as (
  select unit, status, reason
  from controls.result
  where control = 'POP-03' and unit_kind = 'source'
)
select
  s.source,
  s.collector,
  s.options::varchar as asked,
  v.status,
  v.reason
from staging.source as s
left join verdict as v on v.unit = s.source
order by s.source
