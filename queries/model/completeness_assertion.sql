/*
title: Completeness assertions
grain: one row per service, kind of record and span
description: Who says that a source is everything there is, for which service and time. Without an end it holds until the source was last collected; it begins after what was disposed of, for that is not there.
*/
select distinct
  a.source,
  a.entity,
  s.service,
  greatest(
    coalesce(timezone(getvariable('time_zone'), a.from_day::timestamp), timestamptz '0001-01-01 00:00:00+00'),
    coalesce(g.newest_at, timestamptz '0001-01-01 00:00:00+00')
  ) as asserted_from,
  coalesce(timezone(getvariable('time_zone'), a.until_day::timestamp), r.collected_at, timestamptz '0001-01-01 00:00:00+00') as asserted_until,
  a.asserted_by
from staging.files_completeness as a
join model.service as s on a.service is null or s.service = a.service
left join model.last_collection as r on r.source = a.source
left join staging.gone as g on g.source = a.source and g.stream = a.entity
order by a.source, a.entity, s.service, asserted_from, asserted_until, a.asserted_by
