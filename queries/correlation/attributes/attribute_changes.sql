/*
title: "Attribute of deployments: number of changes"
grain: one row per production wave of which it is known
description: Changes that it first shipped. Unknown where none is known, for that a deployment carried nothing is rarer than that nobody collected it.
*/
select
  subject,
  'changes' as attribute,
  null::boolean as flag,
  null::varchar as category,
  count(*)::double as number
from correlation.carried_change
group by subject
order by subject
