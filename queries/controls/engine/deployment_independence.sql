/*
title: How many independent people approved production deployments
grain: one row per production deployment
rule: >
  People who approved the deployment by a request of its own or directly; or, where that is more, the fewest who approved one of its changes by that change's
  request. `others` wrote nothing in what they approved, `bystanders` did not deploy it. Whoever is not known for certain is counted in `possible_` only
description: "`approvals` is 0 unless the deployment or each change in it has one; `is_by_change` where only changes in it have any, `open_changes` are those without, where others have one."
version: 1
*/
with counted as (
  select
    deployment_id,
    part,
    count(distinct person_id) filter (where not is_author and not is_doubtful and not may_be_author) as others,
    count(distinct coalesce(person_id, approval_id)) filter (where not is_author) as possible_others,
    count(distinct person_id) filter (where not is_deployer and not is_doubtful and not may_be_deployer) as bystanders,
    count(distinct coalesce(person_id, approval_id)) filter (where not is_deployer) as possible_bystanders,
    count(distinct person_id) filter (where is_gate and not is_author and not has_begun and not is_doubtful and not may_be_author and not may_be_deployer) as gatekeepers,
    count(*) as approvals
  from controls.deployment_approver
  group by deployment_id, part
),
approved_change as (
  select
    deployment_id,
    count(*) as changes,
    min(others) as others,
    min(possible_others) as possible_others,
    min(bystanders) as bystanders,
    min(possible_bystanders) as possible_bystanders,
    max(gatekeepers) as gatekeepers,
    min(approvals) as approvals
  from counted
  where part <> 'deployment'
  group by deployment_id
),
open_change as (
  select c.deployment_id, array_to_string(list_sort(list(c.change_id)), ', ') as changes
  from controls.deployment_change as c
  join approved_change as a on a.deployment_id = c.deployment_id
  where not exists (select 1 from counted as p where p.deployment_id = c.deployment_id and p.part = c.change_id)
  group by c.deployment_id
),
evidence as (
  select deployment_id, list_sort(list(distinct approval_id)) as evidence
  from controls.deployment_approver
  group by deployment_id
)
select
  d.deployment_id,
  greatest(coalesce(w.others, 0), coalesce(c.others, 0)) as others,
  greatest(coalesce(w.possible_others, 0), coalesce(c.possible_others, 0)) as possible_others,
  greatest(coalesce(w.bystanders, 0), coalesce(c.bystanders, 0)) as bystanders,
  greatest(coalesce(w.possible_bystanders, 0), coalesce(c.possible_bystanders, 0)) as possible_bystanders,
  greatest(coalesce(w.gatekeepers, 0), coalesce(a.gatekeepers, 0)) as gatekeepers,
  greatest(coalesce(w.approvals, 0), coalesce(c.approvals, 0)) as approvals,
  w.deployment_id is null as is_by_change,
  case when w.deployment_id is null then o.changes end as open_changes,
  coalesce(e.evidence, []) as evidence
from controls.production_deployment as d
left join counted as w on w.deployment_id = d.deployment_id and w.part = 'deployment'
left join controls.deployment_change_count as b on b.deployment_id = d.deployment_id
left join approved_change as a on a.deployment_id = d.deployment_id
-- Of changes it is the least that counts, so of those where one has no approval nothing does.
left join approved_change as c on c.deployment_id = d.deployment_id and c.changes = b.changes
left join open_change as o on o.deployment_id = d.deployment_id
left join evidence as e on e.deployment_id = d.deployment_id
order by d.deployment_id
