/*
title: Switches of flags
grain: one row per flag and switch
audience: teams
columns:
  flag: Name of the flag
  source: Source that says so
  service: Service; null = not said
  switched_at: When
  share: Share of users from then on, 0 to 1
  is_last: True for the last switch of the flag
  days_on: Days since it was first on, where it still is
*/
select
  name as flag,
  source,
  service,
  occurred_at as switched_at,
  share,
  is_last,
  days_on
from reports.site_flag
order by flag, source, service nulls first, switched_at
