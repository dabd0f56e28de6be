/*
title: Rollback plans from files
description: How a release is taken back, written before it goes out.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'change_request' as change_request,
  r.payload ->> 'service' as service,
  r.payload ->> 'version' as version,
  try_cast(r.payload ->> 'recorded_at' as timestamptz) as recorded_at,
  r.payload ->> 'author' as author,
  try_cast(r.payload ->> 'covers_application' as boolean) as covers_application,
  try_cast(r.payload ->> 'covers_configuration' as boolean) as covers_configuration,
  try_cast(r.payload ->> 'covers_database' as boolean) as covers_database,
  try_cast(r.payload ->> 'changes_schema' as boolean) as changes_schema,
  r.payload ->> 'database_script' as database_script,
  try_cast(r.payload -> 'triggers' as varchar[]) as triggers,
  try_cast(r.payload -> 'success_metrics' as varchar[]) as success_metrics,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'rollback_plan'
order by r.source, id
