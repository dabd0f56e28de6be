/*
title: Who decided, and what else they do
grain: one row per wording of who decided that holds the name of exactly one known person
rule: The words that the configuration gives hold the person's name as a whole; two people of one wording are not guessed
description: >
  What stands behind an assertion of completeness, and what else the same person approved: somebody who says that the evidence is complete and also approves is not independent of what is judged.
  `shown_as` is null where people are hidden.
*/
with wording as (
  select distinct decided_by as said_by
  from model.judgement
  where decided_by is not null and kind <> 'exemption'
),
named as (
  select w.said_by, min(p.person_id) as person_id, count(*) as people
  from wording as w
  join model.person as p
    on length(p.display_name) >= 5 and contains(' ' || lower(regexp_replace(w.said_by, '[^\pL\pN]+', ' ', 'g')) || ' ', ' ' || lower(regexp_replace(p.display_name, '[^\pL\pN]+', ' ', 'g')) || ' ')
  group by w.said_by
),
asserted as (
  select asserted_by as said_by, count(*) as assertions
  from model.completeness_assertion
  group by asserted_by
),
approved as (
  select k.person_id, 'deployment' as kind, count(*) as approvals
  from model.deployment_approval as a
  join model.person_login as k on k.login = a.approver
  where a.decision = 'approved'
  group by k.person_id
  union all
  select k.person_id, 'change request' as kind, count(*) as approvals
  from model.change_request_approval as a
  join model.person_login as k on k.login = a.approver
  where a.decision = 'approved'
  group by k.person_id
  union all
  select k.person_id, 'exemption' as kind, count(*) as approvals
  from model.exemption as e
  join model.person_login as k on k.login = e.approver
  group by k.person_id
),
summed as (
  select
    person_id,
    coalesce(sum(approvals) filter (where kind = 'deployment'), 0) as deployments,
    coalesce(sum(approvals) filter (where kind = 'change request'), 0) as change_requests,
    coalesce(sum(approvals) filter (where kind = 'exemption'), 0) as exemptions
  from approved
  group by person_id
)
select
  n.said_by,
  case getvariable('people') when 'names' then p.display_name when 'pseudonyms' then p.pseudonym end as shown_as,
  coalesce(a.assertions, 0)::bigint as assertions,
  coalesce(s.deployments, 0)::bigint as deployments,
  coalesce(s.change_requests, 0)::bigint as change_requests,
  coalesce(s.exemptions, 0)::bigint as exemptions
from named as n
join model.person as p on p.person_id = n.person_id
left join asserted as a on a.said_by = n.said_by
left join summed as s on s.person_id = n.person_id
where n.people = 1
order by n.said_by
