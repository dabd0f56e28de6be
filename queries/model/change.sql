/*
title: Changes
grain: one row per merged pull or merge request, or commit that reached the main line without one
description: >
  `position` is where the change reached the main line: its place in the commit graph, or the second of its merge
  where the graph does not know it (`position_basis`). It is null while the change is not on the main line.
  A commit without a pull request counts as merged when it reached the main line. `start_basis` says from when lead time can be told: the first commit, the opening of the pull request, or,
  where squashing hides both, the merge.
*/
with graph_change as (
  select
    m.repository,
    m.change_id,
    min(c.authored_at) filter (where not c.is_merge) as first_authored_at,
    count(*) filter (where not c.is_merge) as commit_count,
    min(n.number) as number,
    min(n.sha) as numbered_sha,
    coalesce(bool_or(n.is_merge), false) as is_numbered_merge,
    bool_or(c.is_merge) as has_merge,
    min_by(c.sha, struct_pack(p := -coalesce(c.mainline_position, 0), s := c.sha)) as last_sha,
    min(c.source) as source,
    list_sort(list_distinct(flatten(array_agg(c.paths)))) as paths,
    list_sort(list_distinct(flatten(array_agg(c.tickets)))) as tickets
  from model.change_commit as m
  join model.commit as c on c.repository = m.repository and c.sha = m.sha
  left join model.commit_change_number as n on n.repository = m.repository and n.sha = m.sha
  group by m.repository, m.change_id
),
from_graph as (
  select
    g.change_id,
    g.repository,
    g.number,
    coalesce(g.numbered_sha, g.last_sha) as merge_sha,
    case
      when g.number is null then g.first_authored_at
      when g.is_numbered_merge and g.commit_count > 0 then g.first_authored_at
    end as first_commit_at,
    g.commit_count,
    g.source,
    g.paths,
    g.tickets
  from graph_change as g
  where not exists (select 1 from model.reported_change as r where r.change_id = g.change_id)
),
combined as (
  select
    f.change_id,
    case when f.number is null then f.merge_sha else f.number end as native_id,
    f.source,
    f.repository,
    f.number,
    c.subject as title,
    c.author,
    case when f.number is null then 'commit' else 'pull request' end as kind,
    f.first_commit_at,
    null::timestamptz as opened_at,
    null::timestamptz as first_review_at,
    null::timestamptz as approved_at,
    case when f.number is null then coalesce(l.committed_at, c.committed_at) else c.committed_at end as merged_at,
    null as merged_by,
    f.merge_sha,
    null as source_branch,
    null as target_branch,
    f.commit_count,
    null::bigint as additions,
    null::bigint as deletions,
    null::bigint as files_changed,
    []::varchar[] as labels,
    f.tickets,
    null as url,
    []::varchar[] as services,
    f.paths,
    []::varchar[] as stated_reverts,
    []::varchar[] as stated_fixes
  from from_graph as f
  join model.commit as c on c.repository = f.repository and c.sha = f.merge_sha
  left join model.mainline_commit as m on m.repository = c.repository and m.mainline_position = c.mainline_position
  left join model.commit as l on l.repository = m.repository and l.sha = m.sha
  where case when f.number is null then coalesce(l.committed_at, c.committed_at) else c.committed_at end < getvariable('as_of')
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
        when len(r.commits) > 0 and (g.commit_count > 1 or g.last_sha is distinct from r.merge_sha) then g.first_authored_at
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
    case when len(r.paths) > 0 then r.paths else coalesce(g.paths, []) end as paths,
    r.reverts as stated_reverts,
    r.fixes as stated_fixes
  from model.reported_change as r
  left join graph_change as g on g.change_id = r.change_id
),
review as (
  select change_id, min(submitted_at) as first_review_at, min(submitted_at) filter (where state = 'approved') as approved_at
  from model.reported_review
  group by change_id
),
exclusion as (
  select c.change_id, min(x.reason) as reason
  from combined as c
  join staging.config_excluded_change as x on c.title glob x.subject_pattern
  group by c.change_id
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
