/*
title: Risks that were foreseen, and what happened
grain: one row per release and risk of its pre-mortem, and per incident that no risk names
audience: teams
part: service
columns:
  service: Name of the service
  version: Version of the release
  position: Order on the page
  entry_id: Identifier of the risk, or of the incident that no risk names
  risk: What could go wrong; title of an incident that no risk names
  owner: Role or team that watches for it
  sign: What would be seen
  classification: Class of cause that it would have
  written_at: When it was written
  state: came true, may have come true, not foreseen, not seen, pending, not known or not live
  incidents: Incidents in which it came true
  url: Page in the source
*/
select
  service,
  version,
  position,
  entry_id,
  risk,
  owner,
  sign,
  classification,
  written_at,
  state,
  incidents,
  url
from reports.release_premortem
order by service, version, position
