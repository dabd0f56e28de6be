/*
title: Moved dates
grain: one row per time that the planned date of a release or milestone was moved
description: Decided before as-of. `release_id` or `milestone_id` is null where nothing that is collected has that name. Instants are UTC.
*/
select
  m.source || ':' || m.id as moved_date_id,
  m.id as native_id,
  m.source,
  case when m.milestone is null then 'release' else 'milestone' end as kind,
  coalesce(m.service, s.service) as service,
  m.version,
  m.milestone,
  r.release_id,
  coalesce(n.milestone_id, o.milestone_id) as milestone_id,
  m.planned_at,
  m.moved_to,
  m.decided_at,
  lower(trim(m.cause)) as cause,
  m.reason,
  m.url
from staging.files_moved_date as m
left join model.release as r on m.milestone is null and r.service = m.service and r.version = m.version
left join model.milestone as n on n.milestone_id = m.source || ':' || m.milestone
left join model.milestone as o on o.milestone_id = m.milestone
left join model.service as s on s.service = coalesce(n.scope, o.scope)
where m.decided_at < getvariable('as_of')
order by moved_date_id
