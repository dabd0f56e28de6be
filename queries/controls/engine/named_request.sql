/*
title: Change requests that changes name
grain: one row per change and change request that its tickets name
*/
with change_ticket as (
  select change_id, unnest(tickets) as reference
  from model.change
)
select t.change_id, r.change_request_id
from change_ticket as t
join model.change_request as r on r.native_id = t.reference
union
select t.change_id, r.change_request_id
from change_ticket as t
join model.change_request as r on r.change_request_id = t.reference
order by change_id, change_request_id
