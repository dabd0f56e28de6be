/*
title: How many independent people approved production deployments
grain: one row per production deployment
rule: >
  People who approved the deployment by a request of its own or directly; or, where that is more, the fewest who approved one of its changes by that change's
  request. `others` wrote nothing in what they approved, `bystanders` did not deploy it. Whoever is not known for certain is counted in `possible_` only
description: "`approvals` is 0 unless the deployment or each change in it has one; `is_by_change` where only changes in it have any, `open_changes` are those without, where others have one."
version: 1
*/
with part as (
  select distinct deployment_id, part
  from controls.deployment_part
),
counted as (
  select
    p.deployment_id,
    p.part,
    count(distinct a.person_id) filter (where not a.is_author and not a.is_doubtful and not a.may_be_author) as others,
    count(distinct coalesce(a.person_id, a.approval_id)) filter (where not a.is_author) as possible_others,
    count(distinct a.person_id) filter (where not a.is_deployer and not a.is_doubtful and not a.may_be_deployer) as bystanders,
    count(distinct coalesce(a.person_id, a.approval_id)) filter (where not a.is_deployer) as possible_bystanders,
    count(distinct a.person_id) filter (
      where a.is_gate and not a.is_author and not a.has_begun and not a.is_doubtful and not a.may_be_author and not a.may_be_deployer
    ) as gatekeepers,
    count(a.approval_id) as approvals,
    list_sort(list(a.approval_id) filter (where a.approval_id is not null)) as evidence
  from part as p
  left join controls.deployment_approver as a on a.deployment_id = p.deployment_id and a.part = p.part
  group by p.deployment_id, p.part
),
joined as (
  select
    deployment_id,
    max(others) filter (where part = 'deployment') as whole_others,
    min(others) filter (where part <> 'deployment') as part_others,
    max(possible_others) filter (where part = 'deployment') as whole_possible_others,
    min(possible_others) filter (where part <> 'deployment') as part_possible_others,
    max(bystanders) filter (where part = 'deployment') as whole_bystanders,
    min(bystanders) filter (where part <> 'deployment') as part_bystanders,
    max(possible_bystanders) filter (where part = 'deployment') as whole_possible_bystanders,
    min(possible_bystanders) filter (where part <> 'deployment') as part_possible_bystanders,
    max(gatekeepers) as gatekeepers,
    max(approvals) filter (where part = 'deployment') as whole_approvals,
    min(approvals) filter (where part <> 'deployment') as part_approvals,
    array_to_string(list_sort(list(part) filter (where part <> 'deployment' and approvals = 0)), ', ') as open_parts,
    list_sort(list_distinct(flatten(list(evidence) filter (where evidence is not null)))) as evidence
  from counted
  group by deployment_id
)
select
  deployment_id,
  greatest(whole_others, coalesce(part_others, 0)) as others,
  greatest(whole_possible_others, coalesce(part_possible_others, 0)) as possible_others,
  greatest(whole_bystanders, coalesce(part_bystanders, 0)) as bystanders,
  greatest(whole_possible_bystanders, coalesce(part_possible_bystanders, 0)) as possible_bystanders,
  gatekeepers,
  greatest(whole_approvals, coalesce(part_approvals, 0)) as approvals,
  whole_approvals = 0 as is_by_change,
  case when whole_approvals = 0 and len(evidence) > 0 then open_parts end as open_changes,
  coalesce(evidence, []) as evidence
from joined
order by deployment_id
