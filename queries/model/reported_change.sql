/*
title: Changes as a source reports them
grain: one row per merged pull or merge request
description: Only merged ones; where several sources report the same number of a repository, the one with the most stages known wins.
view: true
*/
with said as (
  select
    source, id, repository, services, number, title, author, first_commit_at, opened_at, first_review_at, approved_at, merged_at, merged_by,
    merge_sha, merge_method, target_branch, source_branch, commits, commit_count, additions, deletions, files_changed, paths, labels,
    reverts, fixes, tickets, url
  from staging.files_change
  union all
  select
    source, id, repository, services, number, title, author, first_commit_at, opened_at, first_review_at, approved_at, merged_at, merged_by,
    merge_sha, merge_method, target_branch, source_branch, commits, commit_count, additions, deletions, files_changed, paths, labels,
    reverts, fixes, tickets, url
  from staging.events_change
  union all
  select
    source, id, repository, services, number, title, author, first_commit_at, opened_at, first_review_at, approved_at, merged_at, merged_by,
    merge_sha, merge_method, target_branch, source_branch, commits, commit_count, additions, deletions, files_changed, paths, labels,
    reverts, fixes, tickets, url
  from staging.github_change
  union all
  select
    source, id, repository, services, number, title, author, first_commit_at, opened_at, first_review_at, approved_at, merged_at, merged_by,
    merge_sha, merge_method, target_branch, source_branch, commits, commit_count, additions, deletions, files_changed, paths, labels,
    reverts, fixes, tickets, url
  from staging.gitlab_change
),
reported as (
  select
    source,
    source || ':' || case when repository is null then '' else repository || '#' end || id as change_id,
    id as native_id, repository, services, number, title, author, first_commit_at, opened_at, first_review_at,
    approved_at, merged_at, merged_by, merge_sha, merge_method, target_branch, source_branch, commits, commit_count,
    additions, deletions, files_changed, paths, labels, reverts, fixes, tickets, url
  from said
  where merged_at is not null and merged_at < getvariable('as_of')
)
select
  r.source, r.change_id, r.native_id, r.repository, coalesce(r.services, []) as services, r.number, r.title, r.author, r.first_commit_at,
  r.opened_at, r.first_review_at, r.approved_at, r.merged_at, r.merged_by, r.merge_sha, r.merge_method, r.target_branch, r.source_branch,
  coalesce(r.commits, []) as commits, r.commit_count, r.additions, r.deletions, r.files_changed, coalesce(r.paths, []) as paths,
  coalesce(r.labels, []) as labels, coalesce(r.reverts, []) as reverts, coalesce(r.fixes, []) as fixes,
  coalesce(r.tickets, []) as tickets, r.url
from reported as r
left join model.outdone_change as o on o.source = r.source and o.change_id = r.change_id
where o.change_id is null
