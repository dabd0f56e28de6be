/*
title: Changes as a source reports them
grain: one row per merged pull or merge request
description: Only merged ones; where several sources report the same number of a repository, the one with the most stages known wins.
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
),
ranked as (
  select
    source, change_id, native_id, repository, services, number, title, author, first_commit_at, opened_at, first_review_at,
    approved_at, merged_at, merged_by, merge_sha, merge_method, target_branch, source_branch, commits, commit_count,
    additions, deletions, files_changed, paths, labels, reverts, fixes, tickets, url,
    row_number() over (
      partition by coalesce(repository, source), coalesce(number, change_id)
      order by opened_at is null, first_commit_at is null, source, change_id
    ) as choice
  from reported
)
select
  source, change_id, native_id, repository, coalesce(services, []) as services, number, title, author, first_commit_at,
  opened_at, first_review_at, approved_at, merged_at, merged_by, merge_sha, merge_method, target_branch, source_branch,
  coalesce(commits, []) as commits, commit_count, additions, deletions, files_changed, coalesce(paths, []) as paths,
  coalesce(labels, []) as labels, coalesce(reverts, []) as reverts, coalesce(fixes, []) as fixes,
  coalesce(tickets, []) as tickets, url
from ranked
where choice = 1
order by change_id
