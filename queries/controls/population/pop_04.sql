/*
control: POP-04
title: Unbroken commit chain between releases
question: Does every commit between the last and this production version belong to a merged and reviewed change?
grain: one row per release of a service
rule: >
  Each commit that the release was the first to ship belongs to a pull request that somebody else approved. One that reached the main line without, and one that only a release branch brought and that is
  no cherry-pick of such a change, breaks the chain. Commits of bots with a title of the list do not count
version: 1
units: [release]
severity: high
owner: Engineering
needs:
  - { of: commit, as: adverse }
  - { of: change, as: supporting }
  - { of: change_review, as: supporting }
parameters:
  allowed_bot_titles:
    default: ["chore(release)*", "chore: release*", "Release *", "Bump version*", "*[maven-release-plugin]*"]
    description: Titles of commits, as patterns, that a bot may bring without a review, such as the raising of a version.
frameworks:
  cobit: [BAI03.05, BAI06.01]
  soc2: [CC8.1]
  pci_dss: ["6.2.3", "6.5.4"]
  nist_800_53: [CM-3, CM-5, SA-10]
  eu_dora_rts: [16(1)(c)]
  ssdf: [PS.1]
  slsa: [Source track]
remedy: Protect the branch so that nothing reaches it but through a reviewed pull request; have somebody review afterwards what did, and write it down.
steps:
  - when: "came without a pull request"
    do: "Have somebody else read those commits now and record the review. That they reached the release without one stays a deviation."
  - when: "merged with no approval"
    do: "If somebody else approved them and that is only not collected, have those reviews collected. If not, have them read now; that they were merged without stays a deviation."
  - when: "are not known"
    do: "Have the commits of the repository collected (collector git)."
*/
with release_wave as (
  select l.release_id, w.wave_id, w.service
  from controls.production_release as l
  join model.wave as w on w.service = l.service and w.version = l.version
),
shipped as (
  select distinct l.release_id, x.change_id
  from model.wave_change as x
  join release_wave as l on l.wave_id = x.wave_id and l.service = x.service
  where not x.is_before_history
),
reviewed as (
  select distinct change_id
  from model.change_review
  where state = 'approved'
),
bot as (
  select login
  from model.person_login
  where is_bot
),
change_part as (
  select
    s.release_id,
    c.change_id as record,
    case when c.kind = 'commit' then left(c.merge_sha, 12) else coalesce('#' || c.number || coalesce(' of ' || c.repository, ''), c.native_id) end as name,
    case
      when b.login is not null and len(list_filter(getvariable('pop_04_allowed_bot_titles'), lambda title: c.title glob title)) > 0 then 'allowed'
      when c.kind = 'commit' then 'direct'
      when v.change_id is null and c.approved_at is null then 'not reviewed'
      else 'covered'
    end as state
  from model.change as c
  join shipped as s on s.change_id = c.change_id
  left join reviewed as v on v.change_id = c.change_id
  left join bot as b on b.login = c.author
),
branch_commit as (
  select l.release_id, w.repository, w.sha, w.subject, b.login is not null as is_bot, w.cherry_picked_from
  from release_wave as l
  join model.wave_branch_commit as w on w.wave_id = l.wave_id and w.service = l.service
  left join bot as b on b.login = w.author
),
picked as (
  select distinct p.repository, p.sha
  from (select repository, sha, unnest(cherry_picked_from) as origin from branch_commit) as p
  join model.change_commit as m on m.repository = p.repository and m.sha = p.origin
  join model.change as c on c.change_id = m.change_id and c.kind <> 'commit'
  left join reviewed as v on v.change_id = c.change_id
  where v.change_id is not null or c.approved_at is not null
),
branch_part as (
  select distinct
    b.release_id,
    b.sha as record,
    left(b.sha, 12) as name,
    case
      when b.is_bot and len(list_filter(getvariable('pop_04_allowed_bot_titles'), lambda title: b.subject glob title)) > 0 then 'allowed'
      when p.sha is null then 'direct'
      else 'covered'
    end as state
  from branch_commit as b
  left join picked as p on p.repository = b.repository and p.sha = b.sha
),
part as (
  select release_id, record, name, state
  from change_part
  union all
  select release_id, record, name, state
  from branch_part
),
whole as (
  select
    release_id,
    count(*) as parts,
    count(*) filter (where state <> 'allowed') as counted,
    list_sort(list(name) filter (where state = 'direct')) as direct,
    list_sort(list(name) filter (where state = 'not reviewed')) as unreviewed
  from part
  group by release_id
),
shown as (
  select release_id, record
  from part
  union all
  select s.release_id, v.review_id
  from model.change_review as v
  join shipped as s on s.change_id = v.change_id
  where v.state = 'approved'
),
evidence as (
  select release_id, list_sort(list_distinct(list(record))) as evidence
  from shown
  group by release_id
),
judged as (
  select
    l.release_id,
    l.service,
    l.went_live_at,
    e.evidence,
    case
      when l.previous_version is null then 'first'
      when g.repository is null or v.position_basis <> 'graph' then 'no graph'
      when w.direct is not null then 'direct'
      when w.unreviewed is not null then 'not reviewed'
      when w.parts is null then 'empty'
      when w.counted = 0 then 'allowed'
      else 'covered'
    end as state,
    w.counted,
    l.previous_version,
    'In the release are commits that came without a pull request: ' || array_to_string(w.direct[1:10], ', ')
    || case when len(w.direct) > 10 then ' and ' || (len(w.direct) - 10) || ' more' else '' end || '. ' as direct_words,
    'In the release are changes that were merged with no approval of somebody else: ' || array_to_string(w.unreviewed[1:10], ', ')
    || case when len(w.unreviewed) > 10 then ' and ' || (len(w.unreviewed) - 10) || ' more' else '' end || '. ' as unreviewed_words
  from controls.production_release as l
  join model.wave_position as v on v.wave_id = l.wave_id
  left join model.commit_graph as g on g.repository = v.repository
  left join whole as w on w.release_id = l.release_id
  left join evidence as e on e.release_id = l.release_id
)
select
  'release' as unit_kind,
  release_id as unit,
  service,
  null as environment,
  went_live_at as occurred_at,
  null::timestamptz as due_at,
  case state
    when 'first' then 'not_applicable'
    when 'allowed' then 'nothing'
    when 'no graph' then 'unknown'
    when 'direct' then 'missing'
    when 'not reviewed' then 'missing'
    else 'pass'
  end as verdict,
  case state
    when 'first' then 'This is the first release of the service that is known.'
    when 'allowed' then 'Since ' || previous_version || ' there are only commits that a bot may bring by policy.'
    when 'no graph' then 'The commits between ' || previous_version || ' and this release are not known.'
    when 'empty' then 'The release brings no commit that was not in production before.'
    when 'covered'
      then case counted when 1 then 'The only change' else 'Each of the ' || counted || ' changes' end || ' since ' || previous_version
        || ' was merged from a pull request that somebody else approved.'
    else trim(coalesce(direct_words, '') || coalesce(unreviewed_words, ''))
  end as reason,
  coalesce(evidence, []) as evidence,
  case when state = 'direct' then ['change'] else ['change_review'] end as missing,
  []::varchar[] as findings
from judged
order by unit
