/*
title: Who approved production deployments
grain: one row per attempt, part of it and approval of that part that holds
rule: >
  Approvals of its requests and of the deployment itself, not taken back, decided before it began; of an emergency also afterwards, for EMG-01 judges when.
  Who stands behind a bot is its owner, whether it approves or deploys, so that nobody is independent through an account of their own
description: >
  `person_id` is null where it is not told who approved. `is_gate` is a decision on the deployment itself. `has_begun` began it under this very name, `is_deployer` also by a bot of theirs. `is_author` has written something in that part; `may_be_` where nothing joins their logins, which no source has both.
version: 1
*/
with approval as (
  select deployment_id, part, approval_id, approver, false as is_gate
  from controls.deployment_decision
  where decision = 'approved' and not is_withdrawn and (is_before or type = 'emergency')
  union all
  select d.deployment_id, 'deployment' as part, a.approval_id, a.approver, true as is_gate
  from controls.production_deployment as d
  join model.deployment_approval as a on a.deployment_id = d.deployment_id
  where a.decision = 'approved' and a.decided_at < d.occurred_at
),
resolved as (
  select
    a.deployment_id,
    a.part,
    a.approval_id,
    a.is_gate,
    coalesce(o.person_id, case when p.is_bot then 'identity/' || p.owner end, p.person_id, 'identity/' || a.approver) as person_id,
    coalesce(p.reason in ('ambiguous', 'shared address') or o.reason in ('ambiguous', 'shared address'), false) as is_doubtful
  from approval as a
  left join model.person_login as p on p.login = a.approver
  left join model.person_login as o on o.login = case when p.is_bot then p.owner end
),
-- Only where there is an approval: who wrote all that was deployed is too much to hold.
author as (
  select w.deployment_id, w.change_id, w.person_id
  from controls.deployment_author as w
  join (select distinct deployment_id from approval) as a on a.deployment_id = w.deployment_id
),
written as (
  select distinct deployment_id, 'deployment' as part, person_id
  from author
  union all
  select distinct deployment_id, change_id as part, person_id
  from author
  where change_id is not null
),
written_space as (
  select distinct w.deployment_id, w.part, a.other_spaces as spaces
  from written as w
  join controls.lone_person as l on l.person_id = w.person_id
  join controls.separate_space as a on a.spaces = l.spaces
)
select
  r.deployment_id,
  r.part,
  r.approval_id,
  r.is_gate,
  r.person_id,
  r.is_doubtful or r.person_id is null as is_doubtful,
  w.person_id is not null as is_author,
  coalesce(t.person_id = r.person_id, false) as has_begun,
  coalesce(coalesce(o.person_id, 'identity/' || b.owner, t.person_id) = r.person_id, false) as is_deployer,
  s.spaces is not null as may_be_author,
  a.spaces is not null as may_be_deployer
from resolved as r
left join written as w on w.deployment_id = r.deployment_id and w.part = r.part and w.person_id = r.person_id
left join controls.deployment_trigger as t on t.deployment_id = r.deployment_id
left join model.person_login as b on b.login = t.login and b.is_bot
left join model.person_login as o on o.login = b.owner
left join controls.lone_person as l on l.person_id = r.person_id
left join controls.lone_person as m on m.person_id = t.person_id
left join written_space as s on s.deployment_id = r.deployment_id and s.part = r.part and s.spaces = l.spaces
left join controls.separate_space as a on a.spaces = l.spaces and a.other_spaces = m.spaces
order by r.deployment_id, r.part, r.approval_id
