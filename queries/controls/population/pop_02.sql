/*
control: POP-02
title: Every change closed as implemented has a deployment
question: Does a change request that says it was implemented lead to a production deployment in its planned window?
grain: one row per change request
rule: >
  Implemented is what has a status of that list, or was closed with none of the others. A production deployment goes by it that began from its planned start to its planned end, with the tolerance on
  either side
version: 1
units: [change_request]
severity: high
owner: Change management
needs:
  - { of: deployment, as: supporting }
parameters:
  implemented_statuses:
    default: [implemented, deployed, released, closed, done, complete, completed, "closed successful", successful, resolved]
    description: Statuses that say that the change was made, also where the request is still open.
  other_statuses:
    default: [cancelled, canceled, rejected, declined, withdrawn, abandoned, duplicate, failed, "closed incomplete", "closed unsuccessful", "won't do", "won't fix", unsuccessful]
    description: Statuses with which a request is closed without the change having been made.
  types_without_deployment:
    default: []
    description: Types of change that bring no software, such as standard.
  templates_without_deployment:
    default: []
    description: Templates of standard changes that bring no software.
  tolerance_hours:
    default: 24
    unit: hours
    description: How long before and after its planned window a change may be deployed.
frameworks:
  sox: [AS 1105.10]
  cobit: [BAI06.03, BAI06.04]
  soc2: [CC8.1]
  nist_800_53: [CM-3(d), CM-3(f)]
remedy: Find out how the change was made and let its deployment name the request; close as cancelled what was not made.
steps:
  - when: "no production deployment names it"
    do: "If it was deployed, let the deployment, or a pull request in it, name {unit}. If nothing was made, close it as cancelled. If it needs no deployment, add its type or template to the parameters of this control."
  - when: "further from its planned window"
    do: "Correct the planned window if it is wrong; else write down in {unit} why it went so far from it."
*/
with deployed as (
  select
    q.change_request_id,
    min(
      greatest(
        0,
        date_diff('second', d.occurred_at, r.planned_start) - 3600 * getvariable('pop_02_tolerance_hours'),
        date_diff('second', r.planned_end, d.occurred_at) - 3600 * getvariable('pop_02_tolerance_hours')
      )
    ) as seconds_outside
  from (select change_request_id, unnest(deployments) as deployment_id from controls.filed_request) as q
  join controls.production_deployment as d on d.deployment_id = q.deployment_id
  join model.change_request as r on r.change_request_id = q.change_request_id
  group by q.change_request_id
),
stated as (
  select
    q.*,
    r.status,
    case
      when list_contains(getvariable('pop_02_types_without_deployment'), q.type) then 'other type'
      when list_contains(getvariable('pop_02_templates_without_deployment'), r.template) then 'other template'
      when list_contains(getvariable('pop_02_other_statuses'), lower(trim(r.status))) then 'not made'
      when q.closed_at is not null or list_contains(getvariable('pop_02_implemented_statuses'), lower(trim(r.status))) then 'made'
      else 'open'
    end as state
  from controls.filed_request as q
  join model.change_request as r on r.change_request_id = q.change_request_id
),
judged as (
  select s.*, d.seconds_outside
  from stated as s
  left join deployed as d on d.change_request_id = s.change_request_id
)
select
  'change_request' as unit_kind,
  change_request_id as unit,
  service,
  null as environment,
  occurred_at,
  closed_at as due_at,
  case
    when state = 'open' then 'not_due'
    when state <> 'made' then 'not_applicable'
    when seconds_outside is null then 'missing'
    when seconds_outside = 0 then 'pass'
    else 'fail'
  end as verdict,
  case
    when state = 'other type' then 'Changes of type ' || type || ' bring no software by policy.'
    when state = 'other template' then 'Changes by the template of the request bring no software by policy.'
    when state = 'not made' then 'The change was not made: the status of its request is ' || status || '.'
    when state = 'open' then 'The request is not closed yet.'
    when seconds_outside is null then 'The request says that it was implemented (status ' || coalesce(status, 'none') || '), but no production deployment names it.'
    when seconds_outside = 0 then 'The request was implemented by ' || case len(deployments) when 1 then 'a production deployment' else len(deployments) || ' production deployments' end || '.'
    else 'The deployment of the request began ' || case when seconds_outside < 60 then seconds_outside || ' s' else (seconds_outside // 60)::bigint || ' min' end || ' further from its planned window than the ' || getvariable('pop_02_tolerance_hours') || ' h allowed.'
  end as reason,
  deployments as evidence,
  ['deployment'] as missing,
  []::varchar[] as findings
from judged
order by unit
