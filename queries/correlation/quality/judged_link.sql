/*
title: Links of incidents whose cause is known
grain: one row per labelled incident and candidate
description: >
  `is_deciding`: the link would count if its confidence reached the threshold, since it is stated, or nothing is stated and it is the best.
*/
with labelled as (
  select distinct incident_id
  from correlation.labelled_link
),
held as (
  select p.incident_id, p.wave_id, p.class, p.confidence, p.is_stated, p.position, t.wave_id is not null as is_true
  from correlation.link_prediction as p
  join labelled as l on l.incident_id = p.incident_id
  left join correlation.labelled_link as t on t.incident_id = p.incident_id and t.wave_id = p.wave_id
)
select
  incident_id,
  wave_id,
  class,
  confidence,
  is_true,
  is_stated or (not bool_or(is_stated) over (partition by incident_id) and position = 1) as is_deciding
from held
order by incident_id, confidence desc, wave_id
