/*
control: AUT-03
title: What was approved is what was deployed
question: Is the commit that went to production the one that was approved, with nothing added since?
grain: one row per production deployment
rule: >
  An approval names the commit that was deployed, or is of this very deployment; or no commit in the deployment is later than the approval. Of a change request it is one that covers the deployment, else
  one for each change in it. Emergencies are judged by EMG-01
version: 1
units: [deployment]
severity: high
owner: Change management
needs:
  - { of: change_request_approval, as: supporting }
  - { of: deployment_approval, as: supporting }
  - { of: commit, as: adverse }
parameters: {}
frameworks:
  cobit: [BAI06.01]
  soc2: [CC8.1]
  pci_dss: ["6.5.4"]
  nist_800_53: [CM-3, CM-5, SA-10]
  eu_dora_rts: [16(1)(c)]
remedy: Approve again what was added, or deploy what was approved; let an approval lapse when a commit is added.
steps:
  - when: "is of commit"
    do: "Find out who deployed another commit than the approved one, and have what was deployed approved now. What happened stays a deviation."
  - when: "added to the deployment after"
    do: "Have the commits reviewed that came after the approval, and approve what was deployed. What happened stays a deviation."
  - when: "that its commit could be compared"
    do: "See what AUT-01 says of {unit}: without an approval there is nothing to compare."
  - when: "names no commit"
    do: "Let approvals say which commit they are of (`sha`), or have the commits of the repository collected."
*/
with given as (
  select deployment_id, part, approval_id, decided_at, sha, false as is_of_deployment
  from controls.deployment_decision
  where decision = 'approved' and is_before and not is_withdrawn
  union all
  select d.deployment_id, 'deployment', a.approval_id, a.decided_at, null, true
  from controls.production_deployment as d
  join model.deployment_approval as a on a.deployment_id = d.deployment_id and a.decision = 'approved' and coalesce(a.decided_at <= d.finished_at, true)
),
-- Only where there is an approval to compare with, and from there to the commits: those of all deployments are too many to hold.
brought as (
  select s.deployment_id, s.change_id
  from controls.deployment_change as s
  join (select distinct deployment_id from given) as g on g.deployment_id = s.deployment_id
),
brought_change as (
  select s.deployment_id, c.change_id, c.repository, c.kind, c.merge_sha, c.merged_at
  from model.change as c
  join brought as s on s.change_id = c.change_id
),
brought_commit as (
  select s.deployment_id, s.change_id, s.kind, s.merge_sha, s.merged_at, m.repository, m.sha
  from model.change_commit as m
  join brought_change as s on s.repository = m.repository and s.change_id = m.change_id
),
change_commit as (
  select
    s.deployment_id,
    s.change_id,
    k.sha,
    s.kind <> 'commit' and k.sha = s.merge_sha and k.authored_at >= s.merged_at - interval 1 minute as is_squashed,
    case when s.kind <> 'commit' and k.committed_at >= s.merged_at - interval 1 minute then k.authored_at else k.committed_at end as written_at
  from model.commit as k
  join brought_commit as s on s.repository = k.repository and s.sha = k.sha
  where not k.is_merge
),
own_commits as (
  select deployment_id, change_id, bool_or(not is_squashed) as has_own
  from change_commit
  group by deployment_id, change_id
),
content as (
  select k.deployment_id, k.change_id as part, k.sha, k.written_at, k.is_squashed
  from change_commit as k
  join own_commits as o on o.deployment_id = k.deployment_id and o.change_id = k.change_id
  where not (k.is_squashed and o.has_own)
),
branch_content as (
  select d.deployment_id, 'deployment' as part, b.sha, b.committed_at as written_at, false as is_squashed
  from controls.production_deployment as d
  join model.wave_branch_commit as b on b.wave_id = d.wave_id and b.service = d.service
),
part_content as (
  select deployment_id, part, sha, written_at, is_squashed
  from content
  union all
  select deployment_id, 'deployment' as part, sha, written_at, is_squashed
  from content
  union all
  select deployment_id, part, sha, written_at, is_squashed
  from branch_content
),
approval as (
  select
    g.deployment_id,
    g.part,
    g.approval_id,
    g.decided_at,
    lower(g.sha) as sha,
    lower(d.sha) as deployed_sha,
    v.position_basis is not distinct from 'graph' as is_content_known,
    g.is_of_deployment or (length(g.sha) >= 7 and (starts_with(lower(d.sha), lower(g.sha)) or starts_with(lower(g.sha), lower(d.sha)))) as is_same
  from given as g
  join controls.production_deployment as d on d.deployment_id = g.deployment_id
  left join model.wave_position as v on v.wave_id = d.wave_id
),
compared as (
  select
    a.deployment_id,
    a.part,
    a.approval_id,
    count(*) filter (where c.written_at > a.decided_at and not c.is_squashed) as later,
    count(*) filter (where c.written_at > a.decided_at and c.is_squashed) as untold,
    min(c.sha) filter (where c.written_at > a.decided_at and not c.is_squashed) as later_sha,
    bool_or(starts_with(c.sha, a.sha)) as is_in_content
  from part_content as c
  join approval as a on a.deployment_id = c.deployment_id and a.part = c.part
  group by a.deployment_id, a.part, a.approval_id
),
approval_state as (
  select
    a.deployment_id,
    a.part,
    a.approval_id,
    a.decided_at,
    a.sha,
    c.later,
    c.later_sha,
    case
      when a.is_same then 1
      when a.sha is not null and a.deployed_sha is not null and not coalesce(c.is_in_content, false) then 5
      when c.later > 0 then 4
      when not a.is_content_known or a.decided_at is null or c.untold > 0 then 3
      else 2
    end as rank
  from approval as a
  left join compared as c on c.deployment_id = a.deployment_id and c.part = a.part and c.approval_id = a.approval_id
),
ranked as (
  select
    *,
    case when rank = 1 then bool_or(rank = 1 and sha is not null) over (partition by deployment_id, part) end as is_commit_named,
    case when rank = 1 then max(later) filter (where rank = 4) over (partition by deployment_id, part) else later end as part_later,
    case when rank = 1 then min(later_sha) filter (where rank = 4) over (partition by deployment_id, part) else later_sha end as part_later_sha,
    row_number() over (partition by deployment_id, part order by rank, decided_at desc nulls last, approval_id) as choice
  from approval_state
),
whole as (
  select
    deployment_id,
    min(rank) filter (where part = 'deployment') as own_rank,
    bool_or(is_commit_named) filter (where part = 'deployment') as is_commit_named,
    max(rank) filter (where part <> 'deployment') as change_rank,
    count(*) filter (where part <> 'deployment') as changes,
    max(part_later) filter (where rank in (1, 4)) as later,
    min(part_later_sha) filter (where rank in (1, 4)) as later_sha,
    min(sha) filter (where rank = 5) as approved_sha
  from ranked
  where choice = 1
  group by deployment_id
),
approved as (
  select deployment_id, list_sort(list(distinct approval_id)) as approvals
  from given
  group by deployment_id
),
judged as (
  select
    d.deployment_id,
    d.service,
    d.environment,
    d.occurred_at,
    d.sha,
    coalesce(a.approvals, []) as approvals,
    w.approved_sha,
    w.later,
    w.later_sha,
    case
      when e.deployment_id is not null then 'emergency'
      when w.own_rank = 1 and w.is_commit_named then 'same'
      when w.own_rank = 1 then 'this deployment'
      when w.own_rank = 2 then 'none later'
      when w.changes = b.changes and w.change_rank <= 2 then 'changes'
      when least(w.own_rank, case when w.changes = b.changes then w.change_rank end) = 3 then 'untold'
      when w.approved_sha is not null then 'other'
      when w.later_sha is not null then 'later'
      else 'none'
    end as state
  from controls.production_deployment as d
  left join whole as w on w.deployment_id = d.deployment_id
  left join controls.deployment_change_count as b on b.deployment_id = d.deployment_id
  left join approved as a on a.deployment_id = d.deployment_id
  left join controls.emergency_deployment as e on e.deployment_id = d.deployment_id
)
select
  'deployment' as unit_kind,
  deployment_id as unit,
  service,
  environment,
  occurred_at,
  null::timestamptz as due_at,
  case state
    when 'emergency' then 'not_applicable'
    when 'same' then 'pass'
    when 'this deployment' then 'pass'
    when 'none later' then 'pass'
    when 'changes' then 'pass'
    when 'other' then 'fail'
    when 'later' then 'fail'
    when 'untold' then 'unknown'
    else 'missing'
  end as verdict,
  case state
    when 'emergency' then 'The deployment goes by an emergency request, which EMG-01 judges.'
    when 'same' then 'An approval names the commit that was deployed.'
    when 'this deployment'
      then 'Only the approval of this very deployment stands for it, and that names no commit.'
      || case when later > 0 then ' The approval of its change request is from before ' || later || case later when 1 then ' commit was' else ' commits were' end || ' added, such as ' || left(later_sha, 12) || '.' else '' end
    when 'none later' then 'No commit in the deployment is later than its approval.'
    when 'changes' then 'No commit of a change in the deployment is later than the approval of that change.'
    when 'other' then 'The approval is of commit ' || left(approved_sha, 12) || ', but the deployment brought commit ' || left(sha, 12) || '.'
    when 'later'
      then later || case later when 1 then ' commit was' else ' commits were' end || ' added to the deployment after its last approval, such as ' || left(later_sha, 12) || '.'
    when 'untold' then 'The approval names no commit, and when the commits in the deployment were written is not known.'
    else 'No approval from before the deployment began was found that its commit could be compared with.'
  end as reason,
  approvals as evidence,
  ['change_request_approval', 'deployment_approval'] as missing,
  []::varchar[] as findings
from judged
order by unit
