/*
title: "Evidence: a person says so"
grain: one row per incident and production wave that somebody confirmed or named as its cause
*/
select
  incident_id,
  wave_id,
  'person' as kind,
  1::double as strength,
  case verdict when 'cause' then 'named as the cause' else 'confirmed' end || ' by a person'
  || coalesce(' on ' || strftime(timezone(getvariable('time_zone'), decided_at), '%Y-%m-%d'), '') || coalesce(': ' || reason, '') as reason,
  case verdict when 'cause' then 'named as the cause' else 'confirmed' end || ' by a person'
  || coalesce(' on ' || strftime(timezone(getvariable('time_zone'), decided_at), '%Y-%m-%d'), '') || coalesce(': ' || reason, '') as words
from correlation.link_verdict
where wave_id is not null and verdict in ('confirm', 'cause')
order by incident_id, wave_id
