/*
title: Changes from events
description: Opened when created, merged when merged. What the standard has no field for is what the events of the change state, the latest last.
grain: one row per source and repository and id
*/
with said as (
  select
    source,
    event_key,
    predicate,
    "at",
    subject_id,
    coalesce(stated ->> '$.change.repository', repository) as repository,
    content ->> '$.description' as description,
    stated -> '$.change' as stated
  from staging.events_event
  where subject_type = 'change' and predicate in ('created', 'updated', 'merged', 'abandoned')
),
placed as (
  select
    source,
    event_key,
    predicate,
    "at",
    subject_id,
    -- An event may leave the repository out where the others agree on it.
    coalesce(
      repository,
      case
        when min(repository) over (partition by source, subject_id) = max(repository) over (partition by source, subject_id)
          then min(repository) over (partition by source, subject_id)
      end
    ) as repository,
    description,
    stated
  from said
),
folded as (
  select
    source,
    repository,
    subject_id,
    min("at") filter (where predicate = 'created') as opened_at,
    min("at") filter (where predicate = 'merged') as merged_at,
    arg_max(description, struct_pack("at" := "at", k := event_key)) as description,
    list_reduce(list(stated order by "at", event_key) filter (where stated is not null), lambda a, b: json_merge_patch(a, b)) as stated
  from placed
  group by source, repository, subject_id
)
select
  source,
  coalesce(stated ->> '$.id', subject_id) as id,
  repository,
  try_cast(stated -> '$.services' as varchar[]) as services,
  coalesce(stated ->> '$.number', nullif(regexp_extract(subject_id, '^[#!]?([0-9]+)$', 1), '')) as number,
  coalesce(stated ->> '$.title', nullif(split_part(description, chr(10), 1), '')) as title,
  stated ->> '$.author' as author,
  staging.instant(stated ->> '$.first_commit_at') as first_commit_at,
  coalesce(staging.instant(stated ->> '$.opened_at'), opened_at) as opened_at,
  staging.instant(stated ->> '$.first_review_at') as first_review_at,
  staging.instant(stated ->> '$.approved_at') as approved_at,
  coalesce(staging.instant(stated ->> '$.merged_at'), merged_at) as merged_at,
  stated ->> '$.merged_by' as merged_by,
  stated ->> '$.merge_sha' as merge_sha,
  stated ->> '$.merge_method' as merge_method,
  stated ->> '$.target_branch' as target_branch,
  stated ->> '$.source_branch' as source_branch,
  try_cast(stated -> '$.commits' as varchar[]) as commits,
  staging.whole(stated ->> '$.commit_count') as commit_count,
  staging.whole(stated ->> '$.additions') as additions,
  staging.whole(stated ->> '$.deletions') as deletions,
  staging.whole(stated ->> '$.files_changed') as files_changed,
  try_cast(stated -> '$.paths' as varchar[]) as paths,
  try_cast(stated -> '$.labels' as varchar[]) as labels,
  try_cast(stated -> '$.reverts' as varchar[]) as reverts,
  try_cast(stated -> '$.fixes' as varchar[]) as fixes,
  try_cast(stated -> '$.tickets' as varchar[]) as tickets,
  stated ->> '$.url' as url
from folded
order by source, repository, id
