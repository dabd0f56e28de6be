-- What a release's tables name. $1 service, $2 version.
select change_id as id
from reports.release_changes
where service = $1 and version = $2
union
select deployment_id
from reports.release_deployments
where service = $1 and version = $2
union
select approval_id
from reports.release_approvals
where service = $1 and version = $2
union
select incident_id
from reports.release_incidents
where service = $1 and version = $2
union
select test_result_id
from reports.release_tests
where service = $1 and version = $2
order by id
