/*
title: Change requests that changes name
grain: one row per change and change request that its tickets name
*/
with change_ticket as (
  select change_id, unnest(tickets) as reference
  from model.change
)
select distinct t.change_id, r.change_request_id
from change_ticket as t
join model.change_request_name as r on r.reference = t.reference
order by t.change_id, r.change_request_id
