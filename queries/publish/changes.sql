/*
title: Changes in production and their lead times
grain: one row per change and service, with the first production deployment that contains it
audience: teams
description: Stages are null where the basis does not tell them.
part: service
columns:
  service: Name of the service
  change_id: Identifier of the change
  number: Number of the pull request
  title: Title of the change
  kind: pull request or commit
  author: Author, as people are published
  first_commit_at: When its first commit was authored
  opened_at: When the pull request was opened
  first_review_at: When it was first reviewed
  approved_at: When it was approved
  merged_at: When it was merged
  merge_sha: Commit on the main line
  live_at: End of the deployment that shipped it; figures file it here
  wave_id: Deployment that shipped it
  version: Version that shipped it
  is_before_history: True where it may have shipped before the collected history, so that it has no lead time
  basis: "From when lead time is told: first commit, opened or merge"
  lead_seconds: Lead time
  coding_seconds: From the first commit to the pull request
  pickup_seconds: From the pull request to its first review
  review_seconds: From the first review to the merge
  no_review_seconds: From the pull request to the merge, where nobody reviewed
  merge_to_live_seconds: From the merge to the end of the deployment
  has_review: True where somebody reviewed it
  commits: Commits in the change
  additions: Lines added
  deletions: Lines deleted
  files_changed: Files changed
  labels: Labels that it carries
  tickets: Tickets that it names
  excluded_reason: Why configuration excludes it from lead time
  url: Page in the source
*/
select
  s.service,
  c.change_id,
  c.number::varchar as number,
  c.title,
  c.kind,
  a.shown_as as author,
  c.first_commit_at,
  c.opened_at,
  c.first_review_at,
  c.approved_at,
  c.merged_at,
  c.merge_sha,
  w.completed_at as live_at,
  w.wave_id,
  w.version,
  s.is_before_history,
  f.basis,
  f.lead_seconds,
  f.coding_seconds,
  f.pickup_seconds,
  f.review_seconds,
  f.no_review_seconds,
  f.merge_to_live_seconds,
  f.has_review,
  c.commit_count as commits,
  c.additions,
  c.deletions,
  c.files_changed,
  c.labels,
  c.tickets,
  c.excluded_reason,
  c.url
from model.wave_change as s
join model.change as c on c.change_id = s.change_id
join model.wave as w on w.wave_id = s.wave_id
left join metrics.lead_time_fact as f on f.service = s.service and f.change_id = s.change_id
left join model.actor as a on a.login = c.author
order by s.service, w.completed_at, c.change_id
