/*
title: Deliveries of GitHub's webhooks
description: As they came. What an event is about stands in its payload; the repository is known by its number, which stays.
grain: one row per source and delivery
*/
select
  r.source,
  r.key as delivery,
  r.payload ->> '$.event' as event,
  r.payload ->> '$.payload.action' as action,
  staging.whole(r.payload ->> '$.payload.repository.id') as repository_number,
  staging.instant(r.payload ->> '$.delivered_at') as delivered_at,
  r.payload -> '$.payload' as payload
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'github' and r.stream = 'delivery'
order by r.source, delivery
