/*
title: What is asserted to be complete
grain: one row per source, kind of record, service and span
audience: leadership
columns:
  source: Source that the assertion is about
  entity: Kind of record
  service: Service that it covers
  asserted_from: From when; null = from the beginning
  asserted_until: Until when
  asserted_by: Who says so; null = withheld, because people are not published by name
*/
select
  source,
  entity,
  service,
  case when asserted_from > timestamptz '0001-01-01 00:00:00+00' then asserted_from end as asserted_from,
  asserted_until,
  case when getvariable('people') = 'names' then a.asserted_by end as asserted_by
from model.completeness_assertion as a
order by source, entity, service, asserted_from, asserted_until, a.asserted_by
