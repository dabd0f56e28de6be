/*
title: What evidence alone says of incidents and deployments
grain: one row per incident and production wave
description: Without the word of people, which is the truth that it is held against.
*/
select
  incident_id,
  wave_id,
  evidence_class as class,
  evidence_confidence as confidence,
  evidence_class = 'stated' as is_stated,
  row_number() over (partition by incident_id order by evidence_confidence desc, live_at desc, wave_id) as position
from (
  select l.incident_id, l.wave_id, l.evidence_class, l.evidence_confidence, w.live_at
  from correlation.incident_link as l
  join model.wave as w on w.wave_id = l.wave_id
  where l.evidence_class is not null
) as link
order by incident_id, position
