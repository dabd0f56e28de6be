/*
title: Incidents from files
description: A user-facing failure.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'service' as service,
  r.payload ->> 'title' as title,
  r.payload ->> 'severity' as severity,
  r.payload ->> 'classification' as classification,
  try_cast(r.payload ->> 'started_at' as timestamptz) as started_at,
  try_cast(r.payload ->> 'detected_at' as timestamptz) as detected_at,
  try_cast(r.payload ->> 'acknowledged_at' as timestamptz) as acknowledged_at,
  try_cast(r.payload ->> 'mitigated_at' as timestamptz) as mitigated_at,
  try_cast(r.payload ->> 'resolved_at' as timestamptz) as resolved_at,
  try_cast(r.payload -> 'caused_by' as varchar[]) as caused_by,
  r.payload ->> 'cause' as cause,
  r.payload ->> 'description' as description,
  try_cast(r.payload -> 'labels' as varchar[]) as labels,
  try_cast(r.payload -> 'links' as varchar[]) as links,
  r.payload ->> 'post_mortem' as post_mortem,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'incident'
order by r.source, id
