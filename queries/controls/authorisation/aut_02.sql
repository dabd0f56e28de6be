/*
control: AUT-02
title: Right path and right approver for the risk class
question: Do the approvals of the change satisfy the approval matrix, by people who had the role on that day?
grain: one row per change request
rule: >
  Each line of the matrix that applies (controls.request_rule) has as many approvals as it asks for, of different people, each with the role granted on that day, and before the first deployment began. A line of
  path template asks for a template that holds. An approval by who asked for the change counts unless the policy says otherwise. A request is due once it is deployed, closed or past its planned start. Emergencies are judged by EMG-01
version: 1
units: [change_request]
severity: high
owner: Change management
needs:
  - { of: approval_rule, as: supporting }
  - { of: change_request_approval, as: supporting }
  - { of: role_grant, as: supporting }
  - { of: change_template, as: supporting }
parameters:
  requester_counts:
    default: true
    description: Whether an approval by who asked for the change counts.
frameworks:
  cobit: [BAI06.01]
  soc2: [CC5.3, CC8.1]
  iso_27001: ["5.3", "8.32"]
  pci_dss: ["6.5.1"]
  nist_800_53: [CM-3(4), CM-3(b), CM-3(g)]
  eu_dora_rts: [17(1)(c)]
  cfr_21_part_11: [11.10(g)]
remedy: Get the approval that the matrix asks for from somebody who has the role; renew roles and templates before they end.
steps:
  - when: "No line of the approval matrix"
    do: "Add a line to the approval matrix (records of approval_rule) for this type, risk and service, or correct type and risk of {unit}."
  - when: "there is no template"
    do: "Correct the name of the template in {unit}, or have the template collected (records of change_template)."
  - when: "its template"
    do: "Have the change approved as one of type normal, or renew the template; {unit} itself stays a deviation once it is deployed."
  - when: "no role is recorded"
    do: "Record who held which role when (records of role_grant) for those who approved {unit}."
  - when: "does not satisfy"
    do: "If the approval was given and is only not recorded, or its role is not, record it. If it was not given, that stays a deviation once the change is deployed: have those approve now who should have, and write down why they come late."
*/
with known as (
  select
    a.change_request_id,
    a.approval_id,
    a.approver,
    coalesce(l.person_id, 'identity/' || lower(a.approver)) = coalesce(p.person_id, 'identity/' || lower(r.requested_by)) as is_requester,
    a.role,
    a.decision,
    coalesce(a.decided_at, q.begun_at, q.occurred_at) as decided_at,
    coalesce(l.person_id, 'identity/' || lower(a.approver), a.approval_id) as approver_id,
    coalesce(l.is_bot, false) as is_bot,
    q.service,
    row_number() over (
      partition by a.change_request_id, coalesce(l.person_id, 'identity/' || lower(a.approver), a.approval_id) order by a.decided_at desc nulls last, a.approval_id desc
    ) as recency
  from controls.filed_request as q
  join model.change_request as r on r.change_request_id = q.change_request_id
  join model.change_request_approval as a on a.change_request_id = q.change_request_id
  left join model.person_login as l on l.login = a.approver
  left join model.person_login as p on p.login = r.requested_by
  where (a.withdrawn_at is null or a.withdrawn_at >= coalesce(q.begun_at, getvariable('as_of'))) and coalesce(a.decided_at < q.begun_at, true)
),
given_approval as (
  select *, coalesce(is_requester, false) and not getvariable('aut_02_requester_counts') as is_left_out
  from known
  where recency = 1 and decision = 'approved'
),
approval as (
  select *
  from given_approval
  where not is_left_out
),
granted as (
  select coalesce(g.person_id, l.person_id, 'identity/' || lower(g.person)) as person_id, lower(g.role) as role, g.scope, g.granted_from, g.granted_until
  from model.role_grant as g
  left join model.person_login as l on l.login = g.person
),
role_known as (
  select distinct person_id
  from granted
),
role_held as (
  select distinct a.approval_id, g.role
  from approval as a
  join granted as g
    on
      g.person_id = a.approver_id
      and coalesce(g.granted_from <= a.decided_at, true)
      and coalesce(g.granted_until > a.decided_at, true)
  left join model.ownership as o on o.service = a.service and o.team = g.scope and a.decided_at >= o.owned_from and a.decided_at < o.owned_until
  where g.scope is null or g.scope = a.service or o.team is not null
),
weighed as (
  select
    r.change_request_id,
    r.approval_rule_id,
    r.path,
    r.role,
    r.approvals,
    a.approver_id,
    case when a.approver is null and r.path = 'board' then r.approvals else 1 end as weight,
    r.role is null or h.approval_id is not null or (a.approver is null and lower(a.role) = lower(r.role)) as has_role,
    k.person_id is not null as is_role_known
  from controls.request_rule as r
  join approval as a
    on
      a.change_request_id = r.change_request_id
      and case r.path when 'automated' then a.is_bot or lower(a.role) like 'automat%' when 'peer' then not a.is_bot else true end
  left join role_held as h on h.approval_id = a.approval_id and h.role = lower(r.role)
  left join role_known as k on k.person_id = a.approver_id
  where r.path <> 'template'
),
given as (
  select
    change_request_id,
    approval_rule_id,
    sum(weight) as given,
    sum(weight) filter (where has_role) as qualified,
    bool_and(is_role_known) filter (where not has_role) as are_roles_known
  from weighed
  group by change_request_id, approval_rule_id
),
template as (
  select r.change_request_id, t.change_template_id, t.service, t.approved_at, t.valid_from, t.valid_until
  from model.change_request as r
  join model.change_template as t on t.native_id = r.template
  union
  select r.change_request_id, t.change_template_id, t.service, t.approved_at, t.valid_from, t.valid_until
  from model.change_request as r
  join model.change_template as t on t.change_template_id = r.template
),
template_state as (
  select
    q.change_request_id,
    list_sort(list(t.change_template_id) filter (where t.change_template_id is not null)) as templates,
    min(
      case
        when r.template is null then 'it names no template'
        when t.change_template_id is null then 'there is no template ' || r.template
        when t.service <> q.service then 'its template is for another service'
        when t.approved_at > coalesce(q.begun_at, q.occurred_at) or t.valid_from > coalesce(q.begun_at, q.occurred_at) then 'its template did not hold yet'
        when t.valid_until <= coalesce(q.begun_at, q.occurred_at)
          then 'its template had ended on ' || strftime(timezone(getvariable('time_zone'), t.valid_until), '%Y-%m-%d')
        else ''
      end
    ) as problem,
    bool_and(r.template is not null and t.change_template_id is null) as is_not_found
  from controls.filed_request as q
  join model.change_request as r on r.change_request_id = q.change_request_id
  left join template as t on t.change_request_id = q.change_request_id
  group by q.change_request_id
),
line as (
  select
    r.change_request_id,
    case
      when r.path = 'template' and t.problem = '' then 'met'
      when r.path = 'template' and t.is_not_found then 'no template'
      when r.path = 'template' then 'bad template'
      when coalesce(g.qualified, 0) >= r.approvals then 'met'
      when coalesce(g.given, 0) < r.approvals then 'too few'
      when g.are_roles_known then 'other role'
      else 'role not known'
    end as state,
    case
      when r.path = 'template' and t.problem = '' then 'a template that holds'
      when r.path = 'template' then t.problem
      else
        r.approvals || case r.approvals when 1 then ' approval' else ' approvals' end || ' by ' || r.path || coalesce(' in the role ' || r.role, '')
        || ' asked for, ' || case when coalesce(g.given, 0) < r.approvals then coalesce(g.given, 0) || ' given'
          when g.are_roles_known then coalesce(g.qualified, 0) || ' given by somebody who had the role then'
          else coalesce(g.given, 0) || ' given, by people of whom no role is recorded' end
    end as words,
    r.approval_rule_id,
    case when r.path = 'template' then t.templates end as templates
  from controls.request_rule as r
  left join given as g on g.change_request_id = r.change_request_id and g.approval_rule_id = r.approval_rule_id
  left join template_state as t on t.change_request_id = r.change_request_id
),
whole as (
  select
    change_request_id,
    bool_and(state = 'met') as is_met,
    bool_or(state = 'bad template') as is_template_bad,
    bool_or(state = 'other role') as is_role_other,
    bool_or(state = 'too few') as is_short,
    bool_or(state = 'no template') as is_template_missing,
    string_agg(words, '; ' order by words) filter (where state <> 'met') as words,
    flatten(list(coalesce(templates, []))) as templates,
    list(approval_rule_id) filter (where approval_rule_id is not null) as rules
  from line
  group by change_request_id
),
evidence as (
  select change_request_id, list_sort(list(approval_id)) as approvals, bool_or(is_left_out) as has_own
  from given_approval
  group by change_request_id
),
judged as (
  select
    q.change_request_id,
    q.service,
    q.type,
    q.risk,
    q.occurred_at,
    coalesce(q.begun_at, q.closed_at) as due_at,
    case
      when q.type = 'emergency' then 'emergency'
      when w.change_request_id is null then 'no rule'
      when w.is_met then 'met'
      when w.is_template_bad then 'failed'
      when w.is_template_missing then 'no template'
      when q.begun_at is null and q.closed_at is null and coalesce(r.planned_start >= getvariable('as_of'), true) then 'open'
      when w.is_role_other then 'failed'
      when w.is_short then 'too few'
      else 'role not known'
    end as state,
    w.words,
    coalesce(e.has_own, false) as has_own,
    list_sort(list_distinct(list_concat(list_concat(coalesce(e.approvals, []), coalesce(w.templates, [])), coalesce(w.rules, [])))) as evidence
  from controls.filed_request as q
  join model.change_request as r on r.change_request_id = q.change_request_id
  left join whole as w on w.change_request_id = q.change_request_id
  left join evidence as e on e.change_request_id = q.change_request_id
)
select
  'change_request' as unit_kind,
  change_request_id as unit,
  service,
  null as environment,
  occurred_at,
  due_at,
  case state
    when 'emergency' then 'not_applicable'
    when 'met' then 'pass'
    when 'failed' then 'fail'
    when 'open' then 'not_due'
    else 'missing'
  end as verdict,
  case state
    when 'emergency' then 'The request is an emergency, which EMG-01 judges.'
    when 'no rule' then 'No line of the approval matrix fits the request (type ' || coalesce(type, 'none') || ', risk ' || coalesce(risk, 'none') || coalesce(', service ' || service, '') || ').'
    when 'met' then 'The approvals of the request are those that the approval matrix asks for.'
    when 'open' then 'The request is not approved as the approval matrix asks for yet, and nothing was deployed by it.'
    else 'The request does not satisfy the approval matrix: ' || words || '.' || case when has_own then ' An approval by who asked for the change does not count (requester_counts).' else '' end
  end as reason,
  evidence,
  case state
    when 'no rule' then ['approval_rule']
    when 'too few' then ['change_request_approval']
    when 'no template' then ['change_template']
    else ['role_grant']
  end as missing,
  []::varchar[] as findings
from judged
order by unit
