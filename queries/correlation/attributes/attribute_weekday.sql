/*
title: "Attribute of deployments: weekday"
grain: one row per production wave, and per change request planned after as-of
description: On which it went live, or is planned to, in the organisation's time zone.
*/
select
  subject,
  'weekday' as attribute,
  null::boolean as flag,
  weekday as category,
  null::double as number
from correlation.moment
order by subject
