/*
title: "Evidence: a fix refers to both"
grain: one row per incident, production wave and change that names the incident and a change of the wave
*/
with named_change as (
  select c.change_id, coalesce('#' || c.number, left(c.merge_sha, 10), c.native_id) as name
  from model.change as c
  join (select distinct change_id from model.change_reference where target_kind = 'incident') as r on r.change_id = c.change_id
)
select distinct
  i.target_id as incident_id,
  s.wave_id,
  'fix' as kind,
  k.strength,
  'is fixed by ' || i.change_id || ', which names a change of the deployment' as reason,
  'is fixed by ' || f.name || ', which names a change of the deployment' as words
from model.change_reference as i
join named_change as f on f.change_id = i.change_id
join model.change_reference as c on c.change_id = i.change_id and c.target_kind = 'change'
join model.wave_change as s on s.change_id = c.target_id
join model.incident as n on n.incident_id = i.target_id and (n.service is null or n.service = s.service)
join staging.config_link_strength as k on k.kind = 'fix'
where i.target_kind = 'incident'
order by incident_id, s.wave_id, reason
