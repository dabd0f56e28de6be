/*
measure: approval_wait_by_class
title: Wait for approval by class of release
question: Do strategic releases wait longer than operational and emergency ones?
rule: The waits of change requests that a release's production deployments name, one fact per release and request. A release without a class is "not classified".
version: 1
unit: seconds
statistic: median
made_from: [release, change_request, change_request_approval, deployment]
connect: releases with their kind and change requests that deployments name would bring them
fact: release's change request
facts: releases' change requests
cut: class of release
*/
with named as (
  select distinct r.release_id, r.kind, n.change_request_id
  from model.release as r
  join controls.production_deployment as d on d.service = r.service and d.version = r.version
  join model.deployment_request as n on n.deployment_id = d.deployment_id
)
select
  w.service,
  w.occurred_at,
  w.value,
  null as is_hit,
  w.subject,
  coalesce(n.kind, 'not classified') as cut
from named as n
join practices.approval_wait as w on w.subject = n.change_request_id
order by w.occurred_at, w.subject, n.release_id
