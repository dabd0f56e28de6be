/*
measure: approval_wait
title: Wait for approval
question: How long does a change request wait for its approval, by its type?
rule: >
  From filing a change request to the last approval that it was given and that was not withdrawn, before its first production deployment
  began or at any time where none is known. A request that was approved before it was filed waited for nothing.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [change_request, change_request_approval]
connect: a source of change requests with their approvals, such as ServiceNow, Jira or a file, would bring them
fact: approved change request
facts: approved change requests
cut: type of change request
*/
with started as (
  select n.change_request_id, min(d.occurred_at) as started_at
  from model.deployment_request as n
  join controls.production_deployment as d on d.deployment_id = n.deployment_id
  group by n.change_request_id
),
approved as (
  select a.change_request_id, max(a.decided_at) as approved_at
  from model.change_request_approval as a
  left join started as s on s.change_request_id = a.change_request_id
  where a.decision = 'approved' and a.withdrawn_at is null and (s.started_at is null or a.decided_at <= s.started_at)
  group by a.change_request_id
)
select
  q.service,
  a.approved_at as occurred_at,
  greatest(date_diff('second', q.created_at, a.approved_at), 0) as value,
  null as is_hit,
  q.change_request_id as subject,
  coalesce(q.type, 'not known') as cut
from approved as a
join model.change_request as q on q.change_request_id = a.change_request_id
where q.created_at is not null and a.approved_at is not null
order by occurred_at, subject
