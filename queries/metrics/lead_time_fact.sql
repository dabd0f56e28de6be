/*
title: Lead time of each change
grain: one row per change and service that it reached in production
rule: >
  From the change's first commit authored to the end of the first production wave of that service that contains it. Stages
  coding, pickup, review, merge to live; each boundary clamped between its neighbours. A change without review has the time from
  opening to merge in the stage "no review". Where squashing hides the first commit and no pull request is known, coding is
  unknown and the figure is from merge (design 3)
version: 1
description: Whole seconds. `basis` says from when lead time is told; facts of different bases are never mixed.
*/
with several as (
  select change_id
  from model.wave_change
  where not is_before_history
  group by change_id
  having count(*) > 1
),
shipped as (
  select
    s.service,
    s.change_id,
    s.wave_id,
    c.start_basis as basis,
    c.merged_at,
    c.opened_at,
    case when c.opened_at is not null then c.first_review_at end as first_review_at,
    case c.start_basis
      when 'first commit' then c.first_commit_at
      when 'opened' then c.opened_at
      else c.merged_at
    end as started_at,
    w.completed_at
  from model.change as c
  join model.wave_change as s on s.change_id = c.change_id
  join model.wave as w on w.wave_id = s.wave_id
  where not s.is_before_history and c.excluded_reason is null
),
merged as (
  select
    service, change_id, wave_id, basis, opened_at, first_review_at, completed_at,
    least(started_at, completed_at) as started_at,
    greatest(least(merged_at, completed_at), least(started_at, completed_at)) as merged_at
  from shipped
),
opened as (
  select
    service, change_id, wave_id, basis, first_review_at, started_at, merged_at, completed_at,
    case
      when opened_at is null then merged_at
      else greatest(least(opened_at, merged_at), started_at)
    end as opened_at
  from merged
),
reviewed as (
  select
    service, change_id, wave_id, basis, started_at, opened_at, merged_at, completed_at,
    greatest(least(first_review_at, merged_at), opened_at) as reviewed_at,
    first_review_at is not null as has_review
  from opened
)
select
  r.service,
  r.change_id,
  r.wave_id,
  r.basis,
  r.completed_at as filed_at,
  date_diff('second', r.started_at, r.completed_at) as lead_seconds,
  date_diff('second', r.started_at, r.opened_at) as coding_seconds,
  case when r.has_review then date_diff('second', r.opened_at, r.reviewed_at) else 0 end as pickup_seconds,
  case when r.has_review then date_diff('second', r.reviewed_at, r.merged_at) else 0 end as review_seconds,
  case when r.has_review then 0 else date_diff('second', r.opened_at, r.merged_at) end as no_review_seconds,
  date_diff('second', r.merged_at, r.completed_at) as merge_to_live_seconds,
  r.has_review,
  n.change_id is null as ships_once
from reviewed as r
left join several as n on n.change_id = r.change_id
order by r.service, r.change_id
