/*
title: Times of GitHub that cannot be read
description: >
  Instants of records that were read or delivered, in another form than GitHub's: they count as not said.
  Nearly all can be read, so that records are looked through in one go, and only those with a value that cannot are taken apart.
grain: one row per source, stream, record and field
*/
with read as (
  select
    r.source, r.stream, r.repository || ' ' || r.id as key,
    json_extract_string(r.payload, [
      '$.createdAt', '$.updatedAt', '$.mergedAt', '$.closedAt', '$.publishedAt', '$.created_at', '$.updated_at', '$.run_started_at',
      '$.started_at', '$.completed_at', '$.pushed_at', '$.target.tagger.date'
    ]) as texts
  from staging.github_record as r
),
told as (
  select
    r.source, 'delivery' as stream, r.delivery as key,
    json_extract_string(r.payload, [
      '$.since', '$.deployment.created_at', '$.deployment.updated_at',
      '$.deployment_status.created_at', '$.pull_request.created_at', '$.pull_request.updated_at',
      '$.pull_request.merged_at', '$.review.submitted_at', '$.review.updated_at', '$.issue.created_at',
      '$.issue.updated_at', '$.workflow_run.updated_at', '$.release.created_at',
      '$.release.updated_at', '$.release.published_at'
    ]) as texts
  from staging.github_delivery as r
),
spoilt_read as (
  select
    source,
    stream,
    key,
    unnest([
      '$.createdAt', '$.updatedAt', '$.mergedAt', '$.closedAt', '$.publishedAt', '$.created_at', '$.updated_at', '$.run_started_at',
      '$.started_at', '$.completed_at', '$.pushed_at', '$.target.tagger.date'
    ]) as field,
    unnest(texts) as text
  from read
  where staging.says_no_instant(texts)
),
spoilt_told as (
  select
    source,
    stream,
    key,
    unnest([
      '$.since', '$.deployment.created_at', '$.deployment.updated_at',
      '$.deployment_status.created_at', '$.pull_request.created_at', '$.pull_request.updated_at',
      '$.pull_request.merged_at', '$.review.submitted_at', '$.review.updated_at', '$.issue.created_at',
      '$.issue.updated_at', '$.workflow_run.updated_at', '$.release.created_at',
      '$.release.updated_at', '$.release.published_at'
    ]) as field,
    unnest(texts) as text
  from told
  where staging.says_no_instant(texts)
)
select source, stream, key, substr(field, 3) as field
from spoilt_read
where text <> '' and staging.instant(text) is null
union all
select source, stream, key, substr(field, 3) as field
from spoilt_told
where text <> '' and staging.instant(text) is null
order by source, stream, key, field
