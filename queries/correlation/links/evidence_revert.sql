/*
title: "Evidence: resolved by a revert"
grain: one row per incident, production wave and change that reverted one of its changes while the incident was open
rule: As of a rollback, with the deployment that brought the revert
*/
-- Materialised: within the transaction that builds the model nothing is known of sizes, and all pairs would be tried.
with undone as materialized (
  select
    v.service,
    v.wave_id,
    v.revert_change_id,
    coalesce('#' || c.number, left(c.merge_sha, 10), c.native_id) as name,
    f.started_at as failed_from,
    r.started_at as undone_from,
    r.completed_at as undone_until
  from model.production_revert as v
  join model.wave as f on f.wave_id = v.wave_id
  join model.wave as r on r.wave_id = v.revert_wave_id
  join model.change as c on c.change_id = v.revert_change_id
  where v.relation = 'reverts'
)
select distinct
  i.incident_id,
  u.wave_id,
  'revert' as kind,
  s.strength,
  'was open when ' || u.revert_change_id || ' reverted a change of the deployment' as reason,
  'was open when ' || u.name || ' reverted a change of the deployment' as words
from undone as u
join correlation.open_incident as i
  on i.service = u.service and i.started_at >= u.failed_from and i.started_at <= u.undone_until and i.open_until >= u.undone_from
join staging.config_link_strength as s on s.kind = 'revert'
order by i.incident_id, u.wave_id, reason
