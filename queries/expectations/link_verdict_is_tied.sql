/*
title: Every word on a link names what is known, and people agree
grain: one row per incident and what is wrong
*/
with loose as (
  select
    incident,
    case
      when incident_id is null then 'an incident that is not known'
      when deployment is null then 'confirms no deployment'
      else 'deployment ' || deployment
    end as what,
    case
      when incident_id is null then 1
      when deployment is null then 2
      else 3
    end as place
  from correlation.link_word
  where incident_id is null or (deployment is null and verdict <> 'reject') or (deployment is not null and wave_id is null)
),
disputed as (
  select i.native_id as incident, w.wave_id, min(w.deployment) as deployment, count(*) as rows
  from correlation.link_verdict as v
  join correlation.link_word as w on w.incident_id = v.incident_id and w.wave_id is not distinct from v.wave_id
  join model.incident as i on i.incident_id = v.incident_id
  where v.is_disputed
  group by i.native_id, w.wave_id
)
select
  incident || ': ' || what as subject,
  count(*) as rows,
  'What was said has no effect.' as effect,
  case place
    when 1 then 'Correct the id of the incident, or drop the row: the incident may be gone from its source.'
    when 2 then 'Name the deployment that is confirmed.'
    else 'Correct the deployment: it did not go live in production, was withdrawn or excluded, or is not collected.'
  end as remedy
from loose
group by incident, what, place
union all
select
  incident || ': words that differ on ' || coalesce(deployment, 'any change') as subject,
  sum(rows) as rows,
  'The latest counts; of several at one instant, the rejection.' as effect,
  'Settle it, and drop the row that no longer holds.' as remedy
from disputed
group by incident, deployment
order by subject
