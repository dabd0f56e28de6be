/*
measure: rollback_after_alert
title: Alert to rollback
question: Once something is noticed, how long until it is rolled back?
rule: From the first detection of an incident that a deployment is the accepted cause of to the end of the rollback of that deployment. A rollback before anything was detected is none.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [deployment, incident]
connect: a source of incidents that says when they were detected, and one of deployments, would bring them
fact: rollback after an alert
facts: rollbacks after an alert
*/
with alerted as (
  select l.wave_id, min(i.detected_at) as detected_at
  from correlation.incident_link as l
  join model.incident as i on i.incident_id = l.incident_id
  where l.is_accepted and i.detected_at is not null
  group by l.wave_id
)
select
  w.service,
  w.completed_at as occurred_at,
  date_diff('second', a.detected_at, w.completed_at) as value,
  null as is_hit,
  w.wave_id as subject,
  null as cut
from alerted as a
join model.wave as w on w.failed_wave_id = a.wave_id
where w.completed_at >= a.detected_at
order by occurred_at, subject
