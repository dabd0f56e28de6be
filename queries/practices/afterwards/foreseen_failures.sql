/*
measure: foreseen_failures
title: Failures that were foreseen
question: What share of incidents had somebody foreseen in a pre-mortem?
rule: >
  Incidents that a deployment of a release with a pre-mortem is the accepted cause of, one fact per incident and release, filed by when they began; a hit where a risk of that pre-mortem names the incident as one
  in which it came true.
version: 1
unit: ratio
statistic: share
better: higher
made_from: [premortem_risk, incident, deployment]
connect: a file of premortem_risk for releases, and a source of incidents, would bring them
fact: incident of a release with a pre-mortem
facts: incidents of releases with a pre-mortem
*/
with held as (
  select distinct service, version
  from practices.premortem_outcome
),
foreseen as (
  select distinct service, version, unnest(incidents) as native_id
  from practices.premortem_outcome
  where state = 'came true'
),
harm as (
  select distinct h.service, h.version, l.incident_id
  from held as h
  join model.wave as w on w.service = h.service and w.version = h.version
  join correlation.incident_link as l on l.wave_id = w.wave_id and l.is_accepted
)
select
  h.service,
  i.started_at as occurred_at,
  null as value,
  f.native_id is not null as is_hit,
  h.incident_id || ' of ' || h.service || '@' || h.version as subject,
  null as cut
from harm as h
join model.incident as i on i.incident_id = h.incident_id
left join foreseen as f on f.service = h.service and f.version = h.version and f.native_id = i.native_id
order by occurred_at, subject
