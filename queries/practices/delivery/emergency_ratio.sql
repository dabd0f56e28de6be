/*
measure: emergency_ratio
title: Emergency ratio
question: What share of change requests is filed as an emergency?
rule: Emergencies among the change requests whose type is known, by when they were filed.
version: 1
unit: ratio
statistic: share
better: lower
made_from: [change_request]
connect: a source of change requests with their type, such as ServiceNow, Jira or a file, would bring them
fact: change request
facts: change requests
*/
select
  service,
  created_at as occurred_at,
  null as value,
  type = 'emergency' as is_hit,
  change_request_id as subject,
  null as cut
from model.change_request
where type is not null
order by occurred_at, subject
