/*
title: Support tickets by what was live
grain: one row per support ticket; titles are left out, since they may name customers
audience: teams
columns:
  ticket_id: Identifier of the ticket
  service: Service; null = not said
  created_at: When it was written
  resolved_at: When it was resolved
  wave_id: Deployment that was live then
  version: Its version, where stated
  url: Page in the source
*/
select
  t.ticket_id as ticket_id,
  t.service as service,
  t.created_at as created_at,
  t.resolved_at as resolved_at,
  t.wave_id as wave_id,
  w.version as version,
  t.url as url
from model.support_ticket as t
left join model.wave as w on w.wave_id = t.wave_id
order by t.ticket_id
