/*
title: Lines of the approval matrix that a change request goes by
grain: one row per change request and line that applies to it
rule: >
  A line fits that says nothing against type, risk, service, its tier, or the part of the version that the request's deployments raise, and holds on the day of the first of them (else of the
  request). Of the lines that fit those apply that say most, each of them. A standard change that no line fits goes by its template
version: 1
*/
with step as (
  select q.change_request_id, max(s.step) as step
  from (select change_request_id, unnest(deployments) as deployment_id from controls.filed_request) as q
  join controls.production_deployment as d on d.deployment_id = q.deployment_id
  join controls.release_step as s on s.service = d.service and s.version = d.version
  group by q.change_request_id
),
request as (
  select q.*, coalesce(q.begun_at, q.occurred_at) as judged_at, case s.step when 3 then 'major' when 2 then 'minor' when 1 then 'patch' end as release_step
  from controls.filed_request as q
  left join step as s on s.change_request_id = q.change_request_id
),
fitting as (
  select
    q.change_request_id,
    m.approval_rule_id,
    m.path,
    m.role,
    m.approvals,
    m.valid_hours,
    m.late_hours,
    case when m.change_type is null then 0 else 1 end + case when m.risk is null then 0 else 1 end + case when m.tier is null then 0 else 1 end
    + case when m.service is null then 0 else 1 end + case when m.release_step is null then 0 else 1 end as stated
  from request as q
  join model.approval_rule as m
    on
      coalesce(m.change_type = q.type, m.change_type is null)
      and coalesce(m.risk = q.risk, m.risk is null)
      and coalesce(m.tier = q.tier, m.tier is null)
      and coalesce(m.service = q.service, m.service is null)
      and coalesce(m.release_step = q.release_step, m.release_step is null)
      and coalesce(m.valid_from <= q.judged_at, m.valid_from is null)
      and coalesce(m.valid_until > q.judged_at, m.valid_until is null)
),
most as (
  select change_request_id, max(stated) as stated
  from fitting
  group by change_request_id
)
select f.change_request_id, f.approval_rule_id, f.path, f.role, f.approvals, f.valid_hours, f.late_hours
from fitting as f
join most as m on m.change_request_id = f.change_request_id and m.stated = f.stated
union all
select q.change_request_id, null as approval_rule_id, 'template' as path, null as role, 1 as approvals, null as valid_hours, null as late_hours
from request as q
left join most as m on m.change_request_id = q.change_request_id
where q.type = 'standard' and m.change_request_id is null
order by change_request_id, approval_rule_id
