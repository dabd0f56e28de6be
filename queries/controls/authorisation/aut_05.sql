/*
control: AUT-05
title: The change record is complete
question: Does the change request say all that one of its type must say?
grain: one row per change request
rule: >
  All that is listed for its type is filled in with more than boilerplate; a request without a type must say what a normal one must. Each approval of it shows who decided, when and why.
  What a rollback plan must hold RBK-01 asks
version: 1
units: [change_request]
severity: medium
owner: Change management
needs:
  - { of: change_request, as: supporting }
  - { of: change_request_approval, as: adverse }
parameters:
  required_normal:
    default: [reason, description, risk, impact, affected items, planned window, rollback plan, owner, approval who, approval when, approval why]
    description: What a normal change must say; none = it is not judged.
  required_standard:
    default: [description, affected items, planned window, owner]
    description: What a standard change must say, which its template says the rest of.
  required_emergency:
    default: [reason, description, impact, owner]
    description: What an emergency must say.
  boilerplate:
    default: ["-", ".", "...", "?", x, xx, xxx, na, n/a, none, nil, tbd, tbc, todo, to do, to be done, to be defined, test, asdf, see ticket, see above, see title, as discussed, ok, same, yes]
    description: Texts, in lower case, that say nothing.
  silent_collectors:
    default: [jira]
    description: Collectors of systems that keep no reason with an approval, of which nobody knows why.
frameworks:
  cobit: [BAI06.01, BAI06.04]
  soc2: [CC8.1]
  iso_27001: ["8.32"]
  pci_dss: ["6.5.1"]
  nist_800_53: [CM-3(a), CM-4]
  gdpr: ["25", "35"]
  eu_dora_rts: [17(1)(d), 17(1)(h)]
remedy: Fill in what is missing while people still know it, and make those fields required in the ticket system.
steps:
  - when: "recorded elsewhere"
    do: "Copy the rollback plan that is recorded elsewhere, or a link to it, into the field of {unit}."
  - when: "of the request is empty"
    do: "Fill in that field of {unit}, while people still know."
  - when: "of the request are empty"
    do: "Fill in those fields of {unit}, while people still know."
  - when: "boilerplate"
    do: "Write into {unit} what is meant instead of the filler."
  - when: "does not say "
    do: "Add to the approval of {unit} what it lacks: who decided, when, and why."
*/
with approval as (
  select
    a.change_request_id,
    bool_or(a.approver is null and a.role is null) as lacks_who,
    bool_or(a.decided_at is null) as lacks_when,
    bool_or(a.justification is null or list_contains(getvariable('aut_05_boilerplate'), lower(trim(a.justification))) or trim(a.justification) = '') as lacks_why,
    list_sort(list(a.approval_id)) as approvals
  from model.change_request_approval as a
  where a.decision = 'approved'
  group by a.change_request_id
),
field as (
  select change_request_id, 'reason' as field, reason as text
  from model.change_request
  union all
  select change_request_id, 'description', description
  from model.change_request
  union all
  select change_request_id, 'risk', risk
  from model.change_request
  union all
  select change_request_id, 'impact', impact
  from model.change_request
  union all
  select change_request_id, 'affected items', array_to_string(affected_items, ', ')
  from model.change_request
  union all
  select change_request_id, 'planned window', case when planned_start is not null and planned_end is not null then 'planned' end
  from model.change_request
  union all
  select change_request_id, 'rollback plan', rollback_plan
  from model.change_request
  union all
  select change_request_id, 'test plan', test_plan
  from model.change_request
  union all
  select change_request_id, 'owner', owner
  from model.change_request
  union all
  select change_request_id, 'requester', requested_by
  from model.change_request
  union all
  select change_request_id, 'template', template
  from model.change_request
),
empty_field as (
  select change_request_id, field, trim(coalesce(text, '')) <> '' as is_boilerplate
  from field
  where trim(coalesce(text, '')) = '' or list_contains(getvariable('aut_05_boilerplate'), lower(trim(text)))
  union all
  select change_request_id, 'approval who', false
  from approval
  where lacks_who
  union all
  select change_request_id, 'approval when', false
  from approval
  where lacks_when
  union all
  select change_request_id, 'approval why', false
  from approval
  where lacks_why
),
asked as (
  select
    q.change_request_id,
    q.service,
    q.type,
    q.occurred_at,
    list_contains(getvariable('aut_05_silent_collectors'), s.collector) as is_silent,
    case q.type
      when 'standard' then getvariable('aut_05_required_standard')
      when 'emergency' then getvariable('aut_05_required_emergency')
      else getvariable('aut_05_required_normal')
    end as required
  from controls.filed_request as q
  join model.change_request as r on r.change_request_id = q.change_request_id
  left join staging.source as s on s.source = r.source
),
lacking as (
  select
    a.change_request_id,
    list_sort(list(e.field) filter (where e.field not like 'approval %' and not e.is_boilerplate)) as empty,
    list_sort(list(e.field) filter (where e.is_boilerplate)) as boilerplate,
    list_sort(list(substring(e.field, 10)) filter (where e.field like 'approval %' and not (a.is_silent and e.field = 'approval why'))) as unsaid,
    bool_or(a.is_silent and e.field = 'approval why') as is_silent_only
  from asked as a
  join empty_field as e on e.change_request_id = a.change_request_id and list_contains(a.required, e.field)
  group by a.change_request_id
),
elsewhere as (
  select p.change_request_id, list_sort(list(p.rollback_plan_id)) as plans
  from controls.request_rollback_plan as p
  join lacking as l on l.change_request_id = p.change_request_id
  where list_contains(l.empty, 'rollback plan') or list_contains(l.boilerplate, 'rollback plan')
  group by p.change_request_id
),
told as (
  select
    l.change_request_id,
    l.is_silent_only,
    nullif(
      concat_ws(
        ' ',
        case when len(l.empty) = 1 then 'The field ''' || l.empty[1] || ''' of the request is empty.' else 'The fields ''' || array_to_string(l.empty, ''', ''') || ''' of the request are empty.' end,
        case
          when len(l.boilerplate) = 1 then 'The field ''' || l.boilerplate[1] || ''' of the request holds only boilerplate.'
          else 'The fields ''' || array_to_string(l.boilerplate, ''', ''') || ''' of the request hold only boilerplate.'
        end,
        'An approval of the request does not say ' || array_to_string(l.unsaid, ', ') || '.',
        case when len(e.plans) = 1 then 'A rollback plan is' else 'Rollback plans are' end || ' recorded elsewhere (' || array_to_string(e.plans[1:5], ', ') || ').'
      ),
      ''
    ) as words,
    coalesce(e.plans, []) as plans
  from lacking as l
  left join elsewhere as e on e.change_request_id = l.change_request_id
)
select
  'change_request' as unit_kind,
  a.change_request_id as unit,
  a.service,
  null as environment,
  a.occurred_at,
  null::timestamptz as due_at,
  case
    when len(a.required) = 0 then 'not_applicable'
    when l.words is not null then 'fail'
    when l.is_silent_only then 'unknown'
    else 'pass'
  end as verdict,
  case
    when len(a.required) = 0 then 'Nothing is required of a change of type ' || coalesce(a.type, 'normal') || ' by policy.'
    when l.words is not null then l.words
    when l.is_silent_only then 'The request says all that it must, but its system does not keep why it was approved.'
    else 'The request says all that one of its type must.'
  end as reason,
  list_concat([a.change_request_id], coalesce(l.plans, []), coalesce(v.approvals, [])) as evidence,
  []::varchar[] as missing,
  []::varchar[] as findings
from asked as a
left join told as l on l.change_request_id = a.change_request_id
left join approval as v on v.change_request_id = a.change_request_id
order by unit
