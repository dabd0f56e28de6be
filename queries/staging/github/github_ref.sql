/*
title: Main lines, branches and tags of GitHub
description: Where they point now. Of branches, those that are deployed from.
grain: one row per source, repository and reference
*/
select
  source,
  repository,
  payload ->> '$.name' as name,
  payload ->> '$.kind' as kind,
  -- An annotated tag points to its commit through an object of its own.
  coalesce(payload ->> '$.target.target.oid', payload ->> '$.target.oid') as sha,
  staging.instant(payload ->> '$.target.tagger.date') as tagged_at
from staging.github_record
where stream = 'ref'
order by source, repository, kind, name
