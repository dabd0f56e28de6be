/*
title: Incidents by class of cause
grain: one row per class, and one each for words that are not on the list and for incidents without any
*/
with caused as (
  select distinct incident_id
  from correlation.incident_link
  where is_accepted
),
named as (
  select
    case c.standing when 'standard' then c.class when 'missing' then 'not classified' else 'not on the list: ' || c.recorded end as class,
    case c.standing when 'standard' then 1 when 'not on the list' then 2 else 3 end as class_order,
    k.incident_id is not null as has_cause,
    i.restored_seconds
  from model.incident_classification as c
  join reports.site_incident as i on i.incident_id = c.incident_id
  left join caused as k on k.incident_id = c.incident_id
)
select
  class,
  class_order,
  count(*) as incidents,
  count(*) filter (where has_cause) as with_change,
  round(percentile_cont(0.5) within group (order by restored_seconds))::bigint as median_restored_seconds
from named
group by class, class_order
order by class_order, incidents desc, class
