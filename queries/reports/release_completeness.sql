/*
title: What is asserted to be complete for the services of releases
grain: one row per release, source, kind of record and span
*/
select
  r.service,
  r.version,
  a.entity,
  a.source,
  case when a.asserted_from > timestamptz '0001-01-01 00:00:00+00' then a.asserted_from end as asserted_from,
  a.asserted_until,
  a.asserted_by
from reports.release_scope as r
join model.completeness_assertion as a on a.service = r.service
order by r.service, r.version, a.entity, a.source, a.asserted_from, a.asserted_until, a.asserted_by
