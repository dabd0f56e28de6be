-- What a release's tables name, as source and the source's own id. $1 service, $2 version.
with change as (
  select r.change_id, c.source, c.native_id
  from reports.release_changes as r
  join model.change as c on c.change_id = r.change_id
  where r.service = $1 and r.version = $2
)
select source || ':' || native_id as id
from change
union
select m.source || ':' || m.sha
from change as c
join model.change_commit as k on k.change_id = c.change_id
join model.commit as m on m.repository = k.repository and m.sha = k.sha
where m.source is not null
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
union
select entry_id
from reports.release_premortem
where service = $1 and version = $2
union
select experiment_id
from reports.release_experiments
where service = $1 and version = $2
union
select source || ':' || name
from reports.release_flags
where service = $1 and version = $2
union
select t.ticket_id
from reports.release_waves as w
join model.support_ticket as t on t.wave_id = w.wave_id
where w.service = $1 and w.version = $2
order by id
