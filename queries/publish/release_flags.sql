/*
title: Features that releases exposed
grain: one row per release and flag of its service that was on while it was live
audience: teams
part: service
columns:
  service: Name of the service
  version: Version of the release
  flag: Name of the flag
  source: Source that says so
  was_on: True where it was on when the release went live
  share_then: Share of users at that time; null = all, or off
  switches: Switches while the release was live
  last_at: The last of them
  is_on_last: True where it was on at the end
  share_last: Share of users at the end; null = all, or off
  live_from: When the release went live
  live_until: When the next version did, or as-of
*/
select
  service,
  version,
  name as flag,
  source,
  was_on,
  share_then,
  switches,
  last_at,
  is_on_last,
  share_last,
  live_from,
  live_until
from reports.release_flags
order by service, version, flag, source
