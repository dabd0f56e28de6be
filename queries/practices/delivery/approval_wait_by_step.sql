/*
measure: approval_wait_by_step
title: Wait for approval by step of version
question: Does a major release wait longer for its approval than a patch?
rule: >
  The waits of change requests that a release's production deployments name, one fact per release and request, by the part of the version that the release raises: major, minor or patch. The
  first release of a service raises none.
version: 1
unit: seconds
statistic: median
made_from: [deployment, change_request, change_request_approval]
connect: deployments with a version and the change requests that they name would bring them
fact: release's change request
facts: releases' change requests
cut: part of the version
*/
with named as (
  select distinct s.release_id, s.name, n.change_request_id
  from controls.release_step as s
  join controls.production_deployment as d on d.service = s.service and d.version = s.version
  join model.deployment_request as n on n.deployment_id = d.deployment_id
)
select
  w.service,
  w.occurred_at,
  w.value,
  null as is_hit,
  w.subject,
  n.name as cut
from named as n
join practices.approval_wait as w on w.subject = n.change_request_id
order by w.occurred_at, w.subject, n.release_id
