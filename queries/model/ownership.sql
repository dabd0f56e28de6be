/*
title: Ownership
grain: one row per service, team and span
description: >
  Half-open spans; days are cut in the organisation's time zone. Spans of one team that overlap or meet are one, so that no fact counts twice.
*/
with declared as (
  select service, team, owned_from, owned_until
  from staging.config_ownership
  union all
  select f.service, f.team, f.owned_from, f.owned_until
  from staging.files_ownership as f
  where not exists (select 1 from staging.config_ownership as c where c.service = f.service)
),
cut as (
  select
    service,
    team,
    coalesce(timezone(getvariable('time_zone'), owned_from::timestamp), timestamptz '0001-01-01 00:00:00+00') as owned_from,
    coalesce(timezone(getvariable('time_zone'), owned_until::timestamp), timestamptz '9999-01-01 00:00:00+00') as owned_until
  from declared
),
ordered as (
  select
    service,
    team,
    owned_from,
    owned_until,
    max(owned_until) over (
      partition by service, team order by owned_from, owned_until rows between unbounded preceding and 1 preceding
    ) as until_before
  from cut
  where owned_from < owned_until
),
numbered as (
  select
    service,
    team,
    owned_from,
    owned_until,
    sum(case when owned_from <= until_before then 0 else 1 end) over (
      partition by service, team order by owned_from, owned_until rows between unbounded preceding and current row
    ) as span
  from ordered
)
select service, team, min(owned_from) as owned_from, max(owned_until) as owned_until
from numbered
group by service, team, span
order by service, owned_from, team
