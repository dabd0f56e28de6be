/*
measure: time_to_detect
title: Time to detect
question: How long does a failure go unnoticed?
rule: From a deployment going live to the detection of the incident that it is the accepted cause of; an incident noticed during the roll-out was noticed at once.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [deployment, incident]
connect: a source of incidents that says when they were detected would bring them
fact: incident caused by a deployment
facts: incidents caused by deployments
*/
select
  l.service,
  i.detected_at as occurred_at,
  greatest(date_diff('second', w.live_at, i.detected_at), 0) as value,
  null as is_hit,
  l.incident_id as subject,
  null as cut
from correlation.incident_link as l
join model.incident as i on i.incident_id = l.incident_id
join model.wave as w on w.wave_id = l.wave_id
where l.is_accepted and i.detected_at is not null
order by occurred_at, subject, l.service
