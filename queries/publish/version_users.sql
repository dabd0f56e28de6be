/*
title: Users of each version
grain: one row per service, stretch of time and version
audience: teams
columns:
  service: Name of the service
  starts_at: From
  ends_at: Until
  version: Version that they used
  live_at: When it first went live; null = not known
  users: Users of the version
  all_users: Users of all versions
  share: Share of users
*/
select
  service,
  starts_at,
  ends_at,
  version,
  live_at,
  users,
  all_users,
  share
from practices.version_use
order by service, starts_at, ends_at, version
