/*
title: Runbook revisions
grain: one row per revision of a document, or word that none is needed
description: >
  Revisions that could be read before as-of, from files and from repositories of documentation. `revised_at` is when the revision could be read: for a repository, when it reached the
  main line; `written_at` when its commit was made. Instants are UTC.
*/
with reported as (
  select source, id, kind, service, version, repository, path, sha, author, null::timestamptz as written_at, revised_at, url
  from staging.files_runbook_revision
  union all
  select source, id, kind, service, null, repository, path, sha, author, written_at, revised_at, null
  from staging.git_runbook_revision
)
select
  source || ':' || id as runbook_revision_id,
  source,
  coalesce(kind, 'revision') as kind,
  service,
  version,
  repository,
  path,
  sha,
  author,
  written_at,
  revised_at,
  url
from reported
where revised_at < getvariable('as_of')
order by runbook_revision_id
