/*
title: "Attribute of deployments: emergency"
grain: one row per production wave, and per change request planned after as-of, of which it is known
description: >
  Its change request or its release says emergency, or a label or branch states unplanned work (`metrics.rework_labels`, `metrics.rework_branches`). No
  where a change request or release is of another kind; unknown where neither says a kind.
*/
select
  subject,
  'emergency' as attribute,
  bool_or(is_emergency) as flag,
  null::varchar as category,
  null::double as number
from correlation.emergency_sign
group by subject
order by subject
