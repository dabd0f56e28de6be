/*
title: Incidents whose cause people said
grain: one row per incident and production wave that is its cause; a null wave = no change caused it
*/
with confirmed as (
  select incident_id, wave_id
  from correlation.link_verdict
  where wave_id is not null and verdict in ('confirm', 'cause')
),
unrelated as (
  select v.incident_id, null as wave_id
  from correlation.link_verdict as v
  where v.wave_id is null and v.verdict = 'reject' and not exists (select 1 from confirmed as c where c.incident_id = v.incident_id)
)
select incident_id, wave_id
from confirmed
union all
select incident_id, wave_id
from unrelated
order by incident_id, wave_id nulls first
