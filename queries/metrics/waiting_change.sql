/*
title: Changes not yet deployed
grain: one row per merged change and service of which no production wave contains it
description: Only of services that have been deployed; age in whole seconds at as-of.
*/
select
  s.service,
  c.change_id,
  c.merged_at,
  date_diff('second', c.merged_at, getvariable('as_of')) as waiting_seconds
from model.change as c
join model.change_service as s on s.change_id = c.change_id
join model.service as v on v.service = s.service
left join model.wave_change as w on w.change_id = c.change_id and w.service = s.service
where
  w.change_id is null
  and c.position is not null
  and c.excluded_reason is null
  and (v.retired_at is null or v.retired_at >= getvariable('as_of'))
  and exists (select 1 from model.wave as d where d.service = s.service)
order by s.service, c.change_id
