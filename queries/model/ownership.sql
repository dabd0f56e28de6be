/*
title: Ownership
grain: one row per service, team and span
description: Half-open spans; days are cut in the organisation's time zone.
*/
with declared as (
  select service, team, owned_from, owned_until
  from staging.config_ownership
  union all
  select f.service, f.team, f.owned_from, f.owned_until
  from staging.files_ownership as f
  where not exists (select 1 from staging.config_ownership as c where c.service = f.service)
)
select distinct
  service,
  team,
  coalesce(timezone(getvariable('time_zone'), owned_from::timestamp), timestamptz '0001-01-01 00:00:00+00') as owned_from,
  coalesce(timezone(getvariable('time_zone'), owned_until::timestamp), timestamptz '9999-01-01 00:00:00+00') as owned_until
from declared
order by service, owned_from, team
