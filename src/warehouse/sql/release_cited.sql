-- What a release's tables name, as source and the source's own id. $1 service, $2 version.
with change as (
  select r.change_id, c.source, c.native_id
  from reports.release_changes as r
  join model.change as c on c.change_id = r.change_id
  where r.service = $1 and r.version = $2
),
traffic as (
  select
    r.source, r.key, r.payload ->> 'service' as service, (r.payload ->> 'version') is not null as has_version,
    cast(r.payload ->> 'starts_at' as timestamptz) as starts_at, cast(r.payload ->> 'ends_at' as timestamptz) as ends_at
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'service_traffic' and (r.payload ->> 'service') = $1
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
union
select r.source || ':' || r.key
from traffic as r
join reports.release_waves as w on w.service = r.service
join practices.error_rate_change as e on e.wave_id = w.wave_id and r.starts_at >= e.before_from and r.ends_at <= e.after_until
where w.service = $1 and w.version = $2
union
select r.source || ':' || r.key
from traffic as r
join reports.release_summary as s on s.service = r.service
where
  s.service = $1 and s.version = $2 and r.has_version
  and r.starts_at <= s.first_live_at + interval 7 day and r.ends_at > s.first_live_at + interval 7 day
order by id
