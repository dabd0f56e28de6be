/*
title: Test results from files
description: What was tested for a commit or artifact.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'service' as service,
  r.payload ->> 'repository' as repository,
  r.payload ->> 'sha' as sha,
  r.payload ->> 'digest' as digest,
  r.payload ->> 'environment' as environment,
  r.payload ->> 'suite' as suite,
  r.payload ->> 'kind' as kind,
  try_cast(r.payload ->> 'total' as bigint) as total,
  try_cast(r.payload ->> 'failed' as bigint) as failed,
  try_cast(r.payload ->> 'skipped' as bigint) as skipped,
  try_cast(r.payload ->> 'coverage' as double) as coverage,
  try_cast(r.payload ->> 'finished_at' as timestamptz) as finished_at,
  r.payload ->> 'outcome' as outcome,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'test_result'
order by r.source, id
