/*
title: Why incidents are linked to deployments, in words
grain: one row per incident and production wave
view: true
description: >
  The strongest evidence first; a rejection stands before all else in `words`. Put together when it is read: nearly all links are by time alone, and nobody
  reads the sentences of more than a few of millions.
*/
with told as (
  select
    incident_id,
    wave_id,
    array_agg(reason order by strength desc, reason) as reasons,
    array_agg(words order by strength desc, reason) as words
  from correlation.incident_candidate
  group by incident_id, wave_id
)
select
  t.incident_id,
  t.wave_id,
  t.reasons,
  case when l.is_rejected then ['rejected by a person' || coalesce(': ' || l.verdict_reason, '')] || t.words else t.words end as words
from told as t
join correlation.incident_link as l on l.incident_id = t.incident_id and l.wave_id = t.wave_id
