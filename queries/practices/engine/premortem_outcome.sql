/*
title: What became of risks that were foreseen
grain: one row per risk of a pre-mortem and release that it is about
rule: >
  A risk is about the release that it names, else about those that its change request brought to production. "came true" where somebody named an incident in which it did; "may have come true" where an incident that
  the release is the accepted cause of is of the class that the risk names, which a person has to confirm. Else as far as incidents of the release are known: "not seen", "pending" in the observation window,
  "not known" without a source of incidents, "not live"
version: 1
description: "`incidents` are the native ids of those incidents."
*/
with about as (
  select premortem_risk_id, service, version
  from model.premortem_risk
  where version is not null
  union
  select r.premortem_risk_id, v.service, v.version
  from model.premortem_risk as r
  join model.change_request as c on c.native_id = r.change_request
  join controls.request_version as v on v.change_request_id = c.change_request_id and v.service = r.service
  where r.version is null
),
live as (
  select
    w.service, w.version,
    count(*) as waves,
    min(w.live_at) as live_at,
    count(*) filter (where o.outcome = 'pending') as pending,
    count(*) filter (where o.outcome is null or o.outcome = 'unknown') as unknown
  from model.wave as w
  left join metrics.wave_outcome as o on o.wave_id = w.wave_id
  where w.version is not null
  group by w.service, w.version
),
stated as (
  select r.premortem_risk_id, i.native_id
  from (select premortem_risk_id, unnest(incidents) as incident from model.premortem_risk) as r
  join model.incident as i on i.native_id = r.incident or i.incident_id = r.incident
),
classed as (
  select distinct a.premortem_risk_id, a.version, i.native_id
  from about as a
  join model.premortem_risk as r on r.premortem_risk_id = a.premortem_risk_id
  join model.wave as w on w.service = a.service and w.version = a.version
  join correlation.incident_link as l on l.wave_id = w.wave_id and l.is_accepted
  join model.incident_classification as k on k.incident_id = l.incident_id
  join model.incident as i on i.incident_id = l.incident_id
  where lower(trim(r.classification)) in (lower(k.class), lower(trim(k.recorded)))
),
listed_stated as (
  select premortem_risk_id, array_agg(distinct native_id order by native_id) as incidents
  from stated
  group by premortem_risk_id
),
listed_classed as (
  select premortem_risk_id, version, array_agg(native_id order by native_id) as incidents
  from classed
  group by premortem_risk_id, version
)
select
  r.premortem_risk_id,
  a.service,
  a.version,
  l.live_at,
  r.risk,
  r.owner,
  r.sign,
  r.classification,
  r.written_at,
  coalesce(s.incidents, c.incidents, []) as incidents,
  case
    when s.incidents is not null then 'came true'
    when c.incidents is not null then 'may have come true'
    when l.waves is null then 'not live'
    when l.unknown > 0 then 'not known'
    when l.pending > 0 then 'pending'
    else 'not seen'
  end as state,
  r.source,
  r.url
from about as a
join model.premortem_risk as r on r.premortem_risk_id = a.premortem_risk_id
left join live as l on l.service = a.service and l.version = a.version
left join listed_stated as s on s.premortem_risk_id = r.premortem_risk_id
left join listed_classed as c on c.premortem_risk_id = r.premortem_risk_id and c.version = a.version
order by a.service, a.version, r.premortem_risk_id
