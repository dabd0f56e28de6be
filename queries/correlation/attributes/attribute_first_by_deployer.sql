/*
title: "Attribute of deployments: first by its deployer"
grain: one row per production wave of which it is known
description: >
  The first known deployment of this service by this person, under whatever login. Unknown where nobody is named or a machine deployed, and in the first 90 days of a
  service's known history, where everybody is new to us who is not new to the service.
*/
with deployed as (
  select
    w.wave_id,
    w.live_at,
    min(w.live_at) over (partition by w.service) as known_from,
    row_number() over (partition by w.service, a.person_id order by w.live_at, w.wave_id) as place,
    a.is_bot
  from model.wave as w
  join model.actor as a on a.login = w.deployer
)
select
  wave_id as subject,
  'first_by_deployer' as attribute,
  place = 1 as flag,
  null::varchar as category,
  null::double as number
from deployed
where not is_bot and date_diff('second', known_from, live_at) >= 90 * 86400
order by subject
