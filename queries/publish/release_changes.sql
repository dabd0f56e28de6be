/*
title: Changes of releases
grain: one row per release and change that its deployment was the first to bring to production
audience: teams
part: service
columns:
  service: Name of the service
  version: Version of the release
  change_id: Identifier of the change
  number: Number of the pull request
  title: Title of the change
  kind: pull request or commit
  author: Author, as people are published
  merged_at: When it was merged
  merge_sha: Commit on the main line
  additions: Lines added
  deletions: Lines deleted
  files_changed: Files changed
  commits: Commits in the change
  tickets: Tickets that it names
  labels: Labels that it carries
  review: What the collected reviews show
  is_approved: True where it was approved by somebody else before the merge
  approvers: Who approved it, as people are published
  wave_id: Deployment that shipped it
  is_before_history: True where it may have shipped before the collected history
  url: Page in the source
*/
select
  service,
  version,
  change_id,
  number,
  title,
  kind,
  author,
  merged_at,
  merge_sha,
  additions,
  deletions,
  files_changed,
  commit_count as commits,
  tickets,
  labels,
  review,
  is_approved,
  approvers,
  wave_id,
  is_before_history,
  url
from reports.release_changes
order by service, version, merged_at, change_id
