/*
title: Runbook revisions from files
description: A change of what people read who operate a service, or their word that none is needed. Also read with git.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'kind' as kind,
  r.payload ->> 'service' as service,
  r.payload ->> 'version' as version,
  r.payload ->> 'repository' as repository,
  r.payload ->> 'path' as path,
  r.payload ->> 'sha' as sha,
  r.payload ->> 'author' as author,
  try_cast(r.payload ->> 'revised_at' as timestamptz) as revised_at,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'runbook_revision'
order by r.source, id
