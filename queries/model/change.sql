/*
title: Changes
grain: one row per merged pull or merge request, or commit that reached the main line without one
description: >
  `position` is where the change reached the main line: its place in the commit graph, or the second of its merge
  where the graph does not know it (`position_basis`). It is null while the change is not on the main line.
  A commit without a pull request counts as merged when it reached the main line. `start_basis` says from when lead time can be told: the first commit, the opening of the pull request, or,
  where squashing hides both, the merge.
*/
with unsaid as (
  select change_id
  from model.reported_change
  where first_commit_at is null or commit_count is null
),
commit_of_unsaid as (
  select m.repository, m.sha, m.change_id
  from model.change_commit as m
  join unsaid as u on u.change_id = m.change_id
),
reported_commits as (
  select
    m.change_id,
    min(c.authored_at) filter (where not c.is_merge) as first_authored_at,
    count(*) filter (where not c.is_merge) as commit_count,
    bool_or(c.is_merge) as has_merge
  from model.commit as c
  join commit_of_unsaid as m on m.repository = c.repository and m.sha = c.sha
  group by m.change_id
),
-- Commits are ordered and their lists gathered only where a source leaves something to be told: those of all changes at once are more than memory holds.
report as (
  select change_id, len(commits) = 0 and len(paths) > 0 as tells_all
  from model.reported_change
),
untold as (
  select m.repository, m.sha, m.change_id, r.change_id is null as is_unreported
  from model.change_commit as m
  left join report as r on r.change_id = m.change_id
  where r.tells_all is distinct from true
),
untold_commit as (
  select
    u.change_id,
    u.is_unreported,
    c.repository,
    c.sha,
    c.authored_at,
    c.is_merge,
    c.source,
    c.paths,
    c.tickets,
    row_number() over (partition by u.change_id order by coalesce(c.mainline_position, 0) desc, c.sha) as recency,
    count(*) over (partition by u.change_id) as commits
  from model.commit as c
  join untold as u on u.repository = c.repository and u.sha = c.sha
),
listed as (
  select change_id, list_sort(list_distinct(paths)) as paths, list_sort(list_distinct(tickets)) as tickets
  from untold_commit
  where commits = 1
  union all
  select change_id, list_sort(list_distinct(flatten(array_agg(paths)))) as paths, list_sort(list_distinct(flatten(array_agg(tickets)))) as tickets
  from untold_commit
  where commits > 1
  group by change_id
),
numbered_commit as (
  select n.repository, n.sha, n.number, n.is_merge
  from model.commit_change_number as n
  join untold_commit as u on u.repository = n.repository and u.sha = n.sha
  where u.is_unreported
),
graph_change as (
  select
    u.change_id,
    min(u.repository) as repository,
    min(u.authored_at) filter (where not u.is_merge) as first_authored_at,
    count(*) filter (where not u.is_merge) as commit_count,
    min(n.number) as number,
    coalesce(min(n.sha), min(u.sha) filter (where u.recency = 1)) as merge_sha,
    coalesce(bool_or(n.is_merge), false) as is_numbered_merge,
    min(u.source) as source
  from untold_commit as u
  left join numbered_commit as n on n.repository = u.repository and n.sha = u.sha
  where u.is_unreported
  group by u.change_id
),
found_commit as (
  select
    g.change_id, g.repository, g.first_authored_at, g.commit_count, g.number, g.merge_sha, g.is_numbered_merge, g.source,
    c.subject, c.author, c.committed_at, c.mainline_position
  from model.commit as c
  join graph_change as g on g.repository = c.repository and g.merge_sha = c.sha
),
-- What a merge brought in counts from that merge.
landing as (
  select f.change_id, c.committed_at
  from model.commit as c
  join found_commit as f on f.repository = c.repository and f.mainline_position = c.mainline_position
  where c.is_on_main_line
),
from_graph as (
  select
    g.change_id,
    g.repository,
    g.number,
    g.merge_sha,
    case
      when g.number is null then g.first_authored_at
      when g.is_numbered_merge and g.commit_count > 0 then g.first_authored_at
    end as first_commit_at,
    g.commit_count,
    g.source,
    g.subject as title,
    g.author,
    case when g.number is null then coalesce(l.committed_at, g.committed_at) else g.committed_at end as merged_at
  from found_commit as g
  left join landing as l on l.change_id = g.change_id
),
combined as (
  select
    f.change_id,
    case when f.number is null then f.merge_sha else f.number end as native_id,
    f.source,
    f.repository,
    f.number,
    f.title,
    f.author,
    case when f.number is null then 'commit' else 'pull request' end as kind,
    f.first_commit_at,
    null::timestamptz as opened_at,
    null::timestamptz as first_review_at,
    null::timestamptz as approved_at,
    f.merged_at,
    null as merged_by,
    f.merge_sha,
    null as source_branch,
    null as target_branch,
    f.commit_count,
    null::bigint as additions,
    null::bigint as deletions,
    null::bigint as files_changed,
    []::varchar[] as labels,
    t.tickets,
    null as url,
    []::varchar[] as services,
    t.paths,
    []::varchar[] as stated_reverts,
    []::varchar[] as stated_fixes
  from from_graph as f
  join listed as t on t.change_id = f.change_id
  where f.merged_at < getvariable('as_of')
  union all
  select
    r.change_id,
    r.native_id,
    r.source,
    r.repository,
    r.number,
    r.title,
    r.author,
    'pull request' as kind,
    coalesce(
      r.first_commit_at,
      case
        when g.has_merge or r.merge_method = 'rebase' then g.first_authored_at
        when len(r.commits) > 0 and (g.commit_count > 1 or u.sha is distinct from r.merge_sha) then g.first_authored_at
      end
    ) as first_commit_at,
    r.opened_at,
    r.first_review_at,
    r.approved_at,
    r.merged_at,
    r.merged_by,
    r.merge_sha,
    r.source_branch,
    r.target_branch,
    coalesce(r.commit_count, nullif(len(r.commits), 0), g.commit_count) as commit_count,
    r.additions,
    r.deletions,
    r.files_changed,
    r.labels,
    r.tickets,
    r.url,
    r.services,
    case when len(r.paths) > 0 then r.paths else coalesce(t.paths, []) end as paths,
    r.reverts as stated_reverts,
    r.fixes as stated_fixes
  from model.reported_change as r
  left join reported_commits as g on g.change_id = r.change_id
  left join untold_commit as u on u.change_id = r.change_id and u.recency = 1
  left join listed as t on t.change_id = r.change_id
),
review as (
  select change_id, min(submitted_at) as first_review_at, min(submitted_at) filter (where state = 'approved') as approved_at
  from model.reported_review
  group by change_id
),
titled as (
  select change_id, title
  from model.reported_change
  union all
  select change_id, title
  from from_graph
),
exclusion as (
  select t.change_id, min(x.reason) as reason
  from titled as t
  join staging.config_excluded_change as x on t.title glob x.subject_pattern
  group by t.change_id
),
main_line as (
  select repository, min(name) as name
  from model.ref
  where kind = 'main'
  group by repository
)
select
  c.change_id,
  c.native_id,
  c.source,
  c.repository,
  c.number,
  c.title,
  c.author,
  c.kind,
  c.first_commit_at,
  c.opened_at,
  coalesce(c.first_review_at, v.first_review_at) as first_review_at,
  coalesce(c.approved_at, v.approved_at) as approved_at,
  c.merged_at,
  c.merged_by,
  c.merge_sha,
  c.source_branch,
  c.target_branch,
  case
    when c.first_commit_at is not null then 'first commit'
    when c.opened_at is not null then 'opened'
    else 'merge'
  end as start_basis,
  case
    when g.repository is not null and k.sha is not null then k.mainline_position
    when g.repository is null or c.target_branch is null or c.target_branch = b.name then epoch(c.merged_at)::bigint
  end as position,
  case when g.repository is not null and k.sha is not null then 'graph' else 'time' end as position_basis,
  c.commit_count,
  c.additions,
  c.deletions,
  coalesce(c.files_changed, nullif(len(c.paths), 0)) as files_changed,
  c.labels,
  c.tickets,
  c.url,
  c.services,
  c.paths,
  c.stated_reverts,
  c.stated_fixes,
  x.reason as excluded_reason
from combined as c
left join model.commit_graph as g on g.repository = c.repository
left join model.commit as k on k.repository = c.repository and k.sha = c.merge_sha
left join main_line as b on b.repository = c.repository
left join review as v on v.change_id = c.change_id
left join exclusion as x on x.change_id = c.change_id
order by c.change_id
