/*
title: Reviews after change requests
grain: one row per change request and review of it, of a version that it deploys, or of an incident that it answers
*/
with reference as (
  select change_request_id, unnest(incidents) as incident
  from model.change_request
)
select r.change_request_id, v.post_implementation_review_id
from model.change_request_name as r
join model.post_implementation_review as v on v.change_request = r.reference
union
select x.change_request_id, v.post_implementation_review_id
from controls.request_version as x
join model.post_implementation_review as v on v.service = x.service and v.version = x.version
where v.change_request is null
union
select f.change_request_id, v.post_implementation_review_id
from reference as f
join model.post_implementation_review as v on v.incident = f.incident
where v.change_request is null and v.version is null
order by change_request_id, post_implementation_review_id
