/*
title: Quality of records of incidents that come from a change
grain: one row per service, and one for all (null)
rule: >
  Of the incidents that a deployment is the cause of, how many say what they should: cause, severity, service, a classification from the standard list; and for how many the
  link is stated and not only inferred
version: 1
*/
with caused as (
  select incident_id, bool_or(class = 'stated') as is_stated
  from correlation.incident_link
  where is_accepted
  group by incident_id
),
judged as (
  select
    i.service,
    nullif(trim(i.cause), '') is not null as has_cause,
    nullif(trim(i.severity), '') is not null as has_severity,
    i.service is not null as has_service,
    c.standing,
    k.is_stated
  from caused as k
  join model.incident as i on i.incident_id = k.incident_id
  join model.incident_classification as c on c.incident_id = k.incident_id
),
scoped as (
  select 'all' as scope, null as service, has_cause, has_severity, has_service, standing, is_stated
  from judged
  union all
  select 'service' as scope, service, has_cause, has_severity, has_service, standing, is_stated
  from judged
  where service is not null
)
select
  scope,
  service,
  count(*) as incidents,
  count(*) filter (where has_cause) as with_cause,
  count(*) filter (where has_severity) as with_severity,
  count(*) filter (where has_service) as with_service,
  count(*) filter (where standing = 'standard') as classified,
  count(*) filter (where standing = 'not on the list') as off_list,
  count(*) filter (where standing = 'missing') as unclassified,
  count(*) filter (where is_stated) as stated,
  count(*) filter (where has_cause and has_severity and has_service and standing = 'standard') as complete
from scoped
group by scope, service
order by scope, service
