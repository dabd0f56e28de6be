/*
title: Versions and commits that incidents name
grain: one row per incident, reference and what it is
rule: >
  Of the incident's service. What went live several times is its last time before the incident. A leading v makes no difference; a
  commit needs seven digits. What is a deployment's id is nothing else
*/
with reference as (
  select r.incident_id, r.service, r.started_at, r.reference, r.is_stated, r.place, r.version, r.may_be_version, r.may_be_commit
  from correlation.incident_reference as r
  where
    r.service is not null
    and not exists (
      select 1 from correlation.reference_deployment as d where d.incident_id = r.incident_id and d.reference = r.reference
    )
),
versioned as (
  select wave_id, service, regexp_replace(version, '^[vV](\d)', '\1') as version, started_at, live_at
  from model.wave
  where version is not null
),
named as (
  select r.incident_id, r.reference, r.is_stated, r.place, 'version' as what, w.wave_id, w.started_at, w.live_at, r.started_at as began_at
  from reference as r
  join versioned as w on w.service = r.service and w.version = r.version
  where r.may_be_version
  union all
  select r.incident_id, r.reference, r.is_stated, r.place, 'commit' as what, w.wave_id, w.started_at, w.live_at, r.started_at as began_at
  from reference as r
  join model.wave as w on w.service = r.service and left(w.sha, 7) = lower(left(r.reference, 7)) and starts_with(w.sha, lower(r.reference))
  where r.may_be_commit
),
ranked as (
  select
    incident_id, reference, is_stated, place, what, wave_id,
    row_number() over (
      partition by incident_id, reference, what
      order by
        case when started_at <= began_at then 0 else 1 end,
        case when started_at <= began_at then live_at end desc,
        live_at,
        wave_id
    ) as choice
  from named
  where is_stated or started_at <= began_at
)
select incident_id, reference, is_stated, place, what, wave_id
from ranked
where choice = 1
order by incident_id, reference, what
