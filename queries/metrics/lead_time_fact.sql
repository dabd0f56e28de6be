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
-- Times are counted in whole seconds from here on: the difference of two instants would walk a calendar for each.
shipped as (
  select
    s.service,
    s.change_id,
    s.wave_id,
    c.start_basis as basis,
    cast(floor(epoch(c.merged_at)) as bigint) as merged_second,
    cast(floor(epoch(c.opened_at)) as bigint) as opened_second,
    cast(floor(epoch(case when c.opened_at is not null then c.first_review_at end)) as bigint) as first_review_second,
    cast(floor(epoch(
      case c.start_basis
        when 'first commit' then c.first_commit_at
        when 'opened' then c.opened_at
        else c.merged_at
      end
    )) as bigint) as started_second,
    cast(floor(epoch(w.completed_at)) as bigint) as completed_second,
    w.completed_at
  from model.change as c
  join model.wave_change as s on s.change_id = c.change_id
  join model.wave as w on w.wave_id = s.wave_id
  where not s.is_before_history and c.excluded_reason is null
),
merged as (
  select
    service, change_id, wave_id, basis, opened_second, first_review_second, completed_second, completed_at,
    least(started_second, completed_second) as started_second,
    greatest(least(merged_second, completed_second), least(started_second, completed_second)) as merged_second
  from shipped
),
opened as (
  select
    service, change_id, wave_id, basis, first_review_second, started_second, merged_second, completed_second, completed_at,
    case
      when opened_second is null then merged_second
      else greatest(least(opened_second, merged_second), started_second)
    end as opened_second
  from merged
),
reviewed as (
  select
    service, change_id, wave_id, basis, started_second, opened_second, merged_second, completed_second, completed_at,
    greatest(least(first_review_second, merged_second), opened_second) as reviewed_second,
    first_review_second is not null as has_review
  from opened
)
select
  r.service,
  r.change_id,
  r.wave_id,
  r.basis,
  r.completed_at as filed_at,
  r.completed_second - r.started_second as lead_seconds,
  r.opened_second - r.started_second as coding_seconds,
  case when r.has_review then r.reviewed_second - r.opened_second else 0 end as pickup_seconds,
  case when r.has_review then r.merged_second - r.reviewed_second else 0 end as review_seconds,
  case when r.has_review then 0 else r.merged_second - r.opened_second end as no_review_seconds,
  r.completed_second - r.merged_second as merge_to_live_seconds,
  r.has_review,
  n.change_id is null as ships_once
from reviewed as r
left join several as n on n.change_id = r.change_id
order by r.service, r.change_id
