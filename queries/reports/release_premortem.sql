/*
title: Risks that were foreseen, and what happened
grain: one row per release and risk of its pre-mortem, and per incident of such a release that no risk names
description: >
  `state` as `practices.premortem_outcome` has it, or "not foreseen" for an incident, whose title stands under `risk`. `position` is that within the release: what came true first.
*/
with incident as (
  select distinct r.service, r.version, i.incident_id, i.native_id, i.title, i.source, i.url
  from reports.release_incidents as r
  join model.incident as i on i.incident_id = r.incident_id
  where r.is_accepted
),
held as (
  select service, version, min(live_at) as live_at
  from practices.premortem_outcome
  group by service, version
),
told as (
  select distinct service, version, unnest(incidents) as native_id
  from practices.premortem_outcome
),
entry as (
  select
    service, version, live_at, premortem_risk_id as entry_id, risk, owner, sign, classification, written_at, incidents, state, source, url
  from practices.premortem_outcome
  union all
  select
    i.service, i.version, h.live_at, i.incident_id, coalesce(i.title, i.native_id), null, null, null, null, [i.native_id], 'not foreseen', i.source, i.url
  from incident as i
  join held as h on h.service = i.service and h.version = i.version
  left join told as t on t.service = i.service and t.version = i.version and t.native_id = i.native_id
  where t.native_id is null
)
select
  service,
  version,
  row_number() over (
    partition by service, version
    order by array_position(['came true', 'may have come true', 'not foreseen', 'pending', 'not known', 'not seen', 'not live'], state), entry_id
  ) as position,
  entry_id,
  live_at,
  risk,
  owner,
  sign,
  classification,
  written_at,
  incidents,
  state,
  source,
  url
from entry
order by service, version, position
