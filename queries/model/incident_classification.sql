/*
title: Classification of incidents
grain: one row per incident
rule: >
  The class of the standard list whose word the record uses. `standing` is standard, not on the list, or missing; without a list every word is standard.
  `is_outside`, no deployment is to blame for what is of this class
*/
with list as (
  select count(*) as words
  from staging.config_incident_class
)
select
  i.incident_id,
  i.classification as recorded,
  case when l.words = 0 then i.classification else c.class end as class,
  case
    when nullif(trim(i.classification), '') is null then 'missing'
    when l.words = 0 or c.class is not null then 'standard'
    else 'not on the list'
  end as standing,
  coalesce(c.is_outside, false) as is_outside
from model.incident as i
left join staging.config_incident_class as c on c.name = lower(trim(i.classification))
cross join list as l
order by i.incident_id
