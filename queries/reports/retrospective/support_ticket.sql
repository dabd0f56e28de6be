/*
title: Support tickets
grain: one row per ticket and service that support or its users opened
rule: "A ticket with a label that says support, complaint or customer, alone or with one word more, such as \"customer-complaint\" or \"support:billing\"."
*/
with label as (
  select ticket_id, lower(unnest(labels)) as label
  from model.ticket
)
select distinct t.ticket_id, t.service, t.created_at
from model.ticket as t
join label as l on l.ticket_id = t.ticket_id
where t.service is not null and regexp_matches(l.label, '^(\w+[ :/_-])?(support|complaint|customer)([ :/_-]\w+)?$')
order by t.ticket_id
