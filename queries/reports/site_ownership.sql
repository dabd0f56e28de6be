/*
title: Who owned which service when, on pages
grain: one row per team, service and span
description: Without a date the span is open at that end. `when_owned` tells what is owned at as-of from what was, and from what will be.
*/
select
  o.team,
  o.service,
  s.title as service_title,
  case when o.owned_from > timestamptz '0001-01-01 00:00:00+00' then o.owned_from end as owned_from,
  case when o.owned_until < timestamptz '9999-01-01 00:00:00+00' then o.owned_until end as owned_until,
  case
    when o.owned_until <= getvariable('as_of') then 'before'
    when o.owned_from > getvariable('as_of') then 'later'
    else 'now'
  end as when_owned,
  s.retired_at <= getvariable('as_of') as is_retired
from model.ownership as o
join model.service as s on s.service = o.service
order by o.team, s.title, o.service, o.owned_from
