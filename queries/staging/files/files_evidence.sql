/*
title: Evidence from files
description: Proof that a process step happened.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'kind' as kind,
  r.payload ->> 'subject' as subject,
  r.payload ->> 'service' as service,
  staging.instant(r.payload ->> 'at') as "at",
  r.payload ->> 'actor' as actor,
  r.payload ->> 'outcome' as outcome,
  r.payload ->> 'url' as url,
  r.payload -> 'attributes' as attributes
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'evidence'
order by r.source, id
