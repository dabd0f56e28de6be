/*
control: TST-01
title: Peer code review before merge
question: Was each change of the release approved before its merge by people who wrote nothing in it, in the state that was merged?
grain: one row per release
rule: >
  As many people as asked for, none of whom wrote in it, approved each change before its merge. A review counts that is of its last commit, or where it names none of them that none was made after.
  Later reviews of the same person count instead of earlier ones. Changes of bots count only where the policy says so
version: 1
units: [release]
severity: high
owner: Engineering
needs:
  - { of: change_review, as: supporting }
  - { of: change, as: adverse }
  - { of: commit, as: adverse }
parameters:
  approvals:
    default: 1
    unit: people
    description: How many people must have approved a change.
  bots_need_review:
    default: false
    description: Whether a change that only bots wrote needs a review too.
frameworks:
  soc2: [CC8.1]
  iso_27001: ["8.25", "8.28"]
  pci_dss: ["6.2.3", "6.2.3.1"]
  nist_800_53: [CM-3, SA-11]
  eu_dora_rts: [16(3)]
  ssdf: [PW.7]
remedy: Protect the main line so that it takes only reviewed changes, and dismisses approvals when commits are added.
steps:
  - when: "Commits were added after"
    do: "Have those commits read by somebody else now, and record that. What was merged without stays a deviation."
  - when: "Only an author approved"
    do: "Have somebody else than the author read the change now, and record that. What was merged without stays a deviation."
  - when: "No approval from before the merge"
    do: "If somebody else approved it and that is only not collected, have that review collected. If not, have the change read now; that it was merged without stays a deviation."
  - when: "Not merged from a pull request"
    do: "Have somebody else read what was pushed, and record that; protect the main line. What happened stays a deviation."
  - when: "who is behind a login"
    do: "Say in the records of people whose the logins are (docs: people)."
  - when: "Which changes"
    do: "Nothing can be done for the first release that was collected; collect further back."
*/
with deployed as (
  select r.release_id, d.deployment_id
  from controls.production_deployment as d
  join controls.production_release as r on r.service = d.service and r.version = d.version
),
shipped as (
  select distinct d.release_id, c.change_id
  from controls.deployment_change as c
  join deployed as d on d.deployment_id = c.deployment_id
),
-- What else was ever written is not looked at: it is too much to hold.
change as (
  select c.change_id, c.kind, c.merge_sha, c.merged_at
  from model.change as c
  join (select distinct change_id from shipped) as s on s.change_id = c.change_id
),
change_commit as (
  select m.repository, m.sha, c.change_id, c.merge_sha
  from model.change_commit as m
  join change as c on c.change_id = m.change_id
),
author as (
  select a.change_id, a.person_id, a.is_bot, a.is_doubtful
  from controls.change_author as a
  join change as c on c.change_id = a.change_id
),
member as (
  select c.change_id, k.sha, k.parents, k.authored_at, k.sha is not distinct from c.merge_sha as is_merged
  from model.commit as k
  join change_commit as c on c.repository = k.repository and c.sha = k.sha
  where not k.is_merge
),
parent as (
  select distinct change_id, sha as child, unnest(parents) as sha
  from member
),
follower as (
  select distinct p.change_id, p.sha, p.child
  from parent as p
  join member as m on m.change_id = p.change_id and m.sha = p.sha
),
-- What a squash puts on the main line is made at the merge: it is not what was added after a review.
last_commit as (
  select m.change_id, max(m.authored_at) as authored_at
  from member as m
  left join follower as f on f.change_id = m.change_id and f.child = m.sha
  where not m.is_merged or f.sha is not null
  group by m.change_id
),
commit_place as (
  select m.change_id, m.sha, count(f.child) = 0 as is_last
  from member as m
  left join follower as f on f.change_id = m.change_id and f.sha = m.sha
  group by m.change_id, m.sha
),
writing as (
  select change_id, bool_and(is_bot) as is_by_bots, bool_or(is_doubtful) as is_doubtful
  from author
  group by change_id
),
written_space as (
  select distinct w.change_id, a.other_spaces as spaces
  from author as w
  join controls.lone_person as l on l.person_id = w.person_id
  join controls.separate_space as a on a.spaces = l.spaces
),
review as (
  select
    v.change_id,
    v.review_id,
    v.state,
    coalesce(p.person_id, 'identity/' || v.reviewer) as person_id,
    v.reviewer is null or s.spaces is not null or coalesce(p.reason in ('ambiguous', 'shared address'), false) as is_doubtful,
    coalesce(k.is_last, l.authored_at is null or v.submitted_at >= l.authored_at) as is_of_last,
    row_number() over (
      partition by v.change_id, coalesce(p.person_id, v.reviewer, v.review_id) order by v.submitted_at desc, v.review_id desc
    ) as recency
  from model.change_review as v
  join change as c on c.change_id = v.change_id
  left join last_commit as l on l.change_id = v.change_id
  left join commit_place as k on k.change_id = v.change_id and k.sha = v.sha
  left join model.person_login as p on p.login = v.reviewer
  left join controls.lone_person as i on i.person_id = p.person_id
  left join written_space as s on s.change_id = v.change_id and s.spaces = i.spaces
  where v.submitted_at <= c.merged_at and v.state <> 'commented'
),
reviewed as (
  select
    v.change_id,
    count(*) filter (where v.state = 'approved' and v.is_of_last and a.person_id is null and not v.is_doubtful) as approvals,
    count(*) filter (where v.state = 'approved' and v.is_of_last and a.person_id is null) as possible_approvals,
    count(*) filter (where v.state = 'approved' and not v.is_of_last) as outdated,
    count(*) filter (where v.state = 'approved' and a.person_id is not null) as own,
    list_sort(list(v.review_id)) as reviews
  from review as v
  left join author as a on a.change_id = v.change_id and a.person_id = v.person_id
  where v.recency = 1
  group by v.change_id
),
judged as (
  select
    s.release_id,
    s.change_id,
    case
      when w.is_by_bots and not getvariable('tst_01_bots_need_review') then 'spared'
      when coalesce(r.possible_approvals, 0) < getvariable('tst_01_approvals')
        then case when c.kind <> 'pull request' then 'direct' when coalesce(r.outdated, 0) + coalesce(r.own, 0) > 0 then 'refused' else 'missing' end
      when w.change_id is null or w.is_doubtful or r.approvals < getvariable('tst_01_approvals') then 'doubtful'
      else 'approved'
    end as verdict,
    coalesce(r.outdated, 0) as outdated,
    coalesce(r.reviews, []) as reviews
  from shipped as s
  join change as c on c.change_id = s.change_id
  left join writing as w on w.change_id = s.change_id
  left join reviewed as r on r.change_id = s.change_id
),
whole as (
  select
    release_id,
    count(*) as changes,
    count(*) filter (where verdict = 'approved') as approved,
    count(*) filter (where verdict = 'spared') as spared,
    count(*) filter (where verdict = 'direct') as direct,
    count(*) filter (where verdict = 'doubtful') as doubtful,
    count(*) filter (where verdict = 'refused') as refused,
    array_to_string(list_sort(list(change_id) filter (where verdict = 'refused' and outdated > 0)), ', ') as outdated_changes,
    array_to_string(list_sort(list(change_id) filter (where verdict = 'refused' and outdated = 0)), ', ') as own_changes,
    array_to_string(list_sort(list(change_id) filter (where verdict = 'missing')), ', ') as missing_changes,
    array_to_string(list_sort(list(change_id) filter (where verdict = 'direct')), ', ') as direct_changes,
    array_to_string(list_sort(list(change_id) filter (where verdict = 'doubtful')), ', ') as doubtful_changes,
    list_sort(list_distinct(flatten(list(reviews)))) as reviews,
    list_sort(list(change_id)) as change_ids
  from judged
  group by release_id
)
select
  'release' as unit_kind,
  r.release_id as unit,
  r.service,
  null as environment,
  r.went_live_at as occurred_at,
  null::timestamptz as due_at,
  case
    when w.release_id is null and r.previous_version is null then 'unknown'
    when w.release_id is null then 'nothing'
    when w.refused > 0 then 'fail'
    when w.missing_changes is not null or w.direct > 0 then 'missing'
    when w.doubtful > 0 then 'unknown'
    when w.spared = w.changes then 'not_applicable'
    else 'pass'
  end as verdict,
  case
    when w.release_id is null and r.previous_version is null then 'Which changes the release brought is not known: no release of its service is known from before.'
    when w.release_id is null then 'The release was the first to bring no change that is known.'
    when w.refused + w.direct > 0 or w.missing_changes is not null
      then concat_ws(
        ' ',
        case
          when w.changes - w.spared = 1 then 'The only change in the release was not approved by somebody else in the state that was merged.'
          else 'Of ' || (w.changes - w.spared) || ' changes in the release ' || w.approved || case when w.approved = 1 then ' was' else ' were' end || ' approved by somebody else in the state that was merged.'
        end,
        'Commits were added after the approval: ' || w.outdated_changes || '.',
        'Only an author approved: ' || w.own_changes || '.',
        'No approval from before the merge was found: ' || w.missing_changes || '.',
        'Not merged from a pull request: ' || w.direct_changes || '.'
      )
    when w.doubtful > 0 then 'Whether somebody else approved these changes is not certain, for it is not certain who is behind a login: ' || w.doubtful_changes || '.'
    when w.spared = w.changes then 'Only bots wrote what the release brings (changes: ' || w.changes || '): by policy (bots_need_review) that needs no review.'
    else 'All that the release brings (changes: ' || (w.changes - w.spared) || ') was approved as it was merged, by somebody who wrote nothing in it.'
  end as reason,
  list_concat(coalesce(w.change_ids, []), coalesce(w.reviews, [])) as evidence,
  list_concat(
    case when coalesce(w.direct, 0) = 0 then [] else ['change'] end,
    case when w.missing_changes is null then [] else ['change_review'] end
  ) as missing,
  []::varchar[] as findings
from controls.production_release as r
left join whole as w on w.release_id = r.release_id
order by unit
