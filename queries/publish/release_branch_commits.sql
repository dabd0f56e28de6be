/*
title: Commits of releases that never reached the main line
grain: one row per release and commit that only its release branch brought to production
audience: teams
part: service
columns:
  service: Name of the service
  version: Version of the release
  sha: Commit
  subject: First line of its message
  author: Who wrote it, as people are published
  committed_at: When it was committed
  cherry_picked_from: Commits that it was picked from
*/
select
  service,
  version,
  sha,
  subject,
  author,
  committed_at,
  cherry_picked_from
from reports.release_branch_commits
order by service, version, committed_at, sha
