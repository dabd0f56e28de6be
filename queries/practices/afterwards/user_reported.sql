/*
measure: user_reported
title: Incidents that users reported
question: What share of incidents did users notice first?
rule: Incidents with a label that says a user, customer or client reported them, such as "user-reported", among those of sources that label incidents at all.
version: 1
unit: ratio
statistic: share
better: lower
made_from: [incident]
connect: incidents with labels, one of which says that a user reported it, would bring them
fact: incident
facts: incidents
*/
with labelled as (
  select incident_id, max(case when regexp_matches(lower(label), '^(reported[ _-]?by[ _-]?)?(user|customer|client)s?([ _-]?reported)?$') then 1 else 0 end) as is_reported
  from model.incident_label
  group by incident_id
),
labelling as (
  select distinct i.source
  from labelled as l
  join model.incident as i on i.incident_id = l.incident_id
)
select
  i.service,
  coalesce(i.detected_at, i.started_at) as occurred_at,
  null as value,
  coalesce(l.is_reported = 1, false) as is_hit,
  i.incident_id as subject,
  null as cut
from model.incident as i
join labelling as s on s.source = i.source
left join labelled as l on l.incident_id = i.incident_id
order by occurred_at, subject
