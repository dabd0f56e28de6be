/*
title: Changes that deployments are described by
grain: one row per production wave and change that it first shipped; and per change that waits for the next one
description: >
  Of a deployment that may have shipped changes before the known history nobody knows what it carried: it is left out whole.
  Changes that configuration excludes, such as version bumps, do not describe it. What waits for a service's next deployment has the
  subject `next of` and the service; no wave has such an identifier, since none of a source has a blank.
*/
with unclear as (
  select distinct wave_id
  from model.wave_change
  where is_before_history
)
select s.wave_id as subject, s.service, s.change_id
from model.wave_change as s
join model.change as c on c.change_id = s.change_id
left join unclear as u on u.wave_id = s.wave_id
where u.wave_id is null and c.excluded_reason is null
union all
select 'next of ' || service as subject, service, change_id
from metrics.waiting_change
order by subject, change_id
