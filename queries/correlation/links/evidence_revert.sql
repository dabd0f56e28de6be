/*
title: "Evidence: resolved by a revert"
grain: one row per incident, production wave and change that reverted one of its changes while the incident was open
rule: As of a rollback, with the deployment that brought the revert
*/
with named_change as (
  select change_id, coalesce('#' || number, left(merge_sha, 10), native_id) as name
  from model.change
)
select distinct
  i.incident_id,
  f.wave_id,
  'revert' as kind,
  s.strength,
  'was open when ' || v.revert_change_id || ' reverted a change of the deployment' as reason,
  'was open when ' || c.name || ' reverted a change of the deployment' as words
from model.production_revert as v
join model.wave as f on f.wave_id = v.wave_id
join model.wave as r on r.wave_id = v.revert_wave_id
join correlation.open_incident as i
  on i.service = f.service and i.started_at between f.started_at and r.completed_at and i.open_until >= r.started_at
join named_change as c on c.change_id = v.revert_change_id
join staging.config_link_strength as s on s.kind = 'revert'
where v.relation = 'reverts'
order by i.incident_id, f.wave_id, reason
