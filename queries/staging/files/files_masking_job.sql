/*
title: Masking jobs from files
description: A job that makes copied data harmless.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'data_copy' as data_copy,
  r.payload ->> 'environment' as environment,
  r.payload ->> 'service' as service,
  r.payload ->> 'dataset' as dataset,
  r.payload ->> 'method' as method,
  try_cast(r.payload ->> 'started_at' as timestamptz) as started_at,
  try_cast(r.payload ->> 'finished_at' as timestamptz) as finished_at,
  r.payload ->> 'outcome' as outcome,
  try_cast(r.payload ->> 'rows_changed' as bigint) as rows_changed,
  r.payload ->> 'tool' as tool,
  r.payload ->> 'actor' as actor,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'masking_job'
order by r.source, id
