/*
title: Tickets of releases
grain: one row per release and ticket that one of its changes names
audience: teams
part: service
columns:
  service: Name of the service
  version: Version of the release
  ticket: Ticket as the changes name it
  is_known: Whether it is among the collected tickets
  kind: Kind of ticket
  title: Title
  status: Status at as-of
  created_at: When it was created
  resolved_at: When it was resolved
  changes: Changes of the release that name it
  url: Page in the source
*/
select
  service,
  version,
  reference as ticket,
  is_known,
  kind,
  title,
  status,
  created_at,
  resolved_at,
  changes,
  url
from reports.release_tickets
order by service, version, ticket
