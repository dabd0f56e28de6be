/*
title: Withdrawn deployments
grain: one row per wave that a rollback removed together with the failed one
rule: earlier deployments removed with the failure are withdrawn, shown, not counted (design 3)
description: >
  Of the failed one's release line: what its commit contains. By the first rollback that removed it; what an earlier one had
  taken out of service is not withdrawn again.
*/
with rollback as (
  select
    r.wave_id,
    r.service,
    r.environment,
    coalesce(r.sha, r.version) as identity,
    r.position,
    r.live_at,
    f.wave_id as failed_wave_id,
    f.live_at as failed_at,
    f.repository,
    f.sha as failed_sha,
    f.position as failed_position,
    f.position_basis as failed_basis
  from model.wave as r
  join model.wave as f on f.wave_id = r.failed_wave_id
),
last_good as (
  select r.wave_id, max(w.live_at) as live_at
  from rollback as r
  join model.wave as w
    on w.service = r.service and w.environment = r.environment and coalesce(w.sha, w.version) = r.identity and w.live_at < r.failed_at
  group by r.wave_id
),
removed as (
  select w.wave_id, r.service, r.wave_id as rollback_wave_id, r.live_at, false as is_failure
  from rollback as r
  left join last_good as g on g.wave_id = r.wave_id
  join model.wave as w
    on
      w.service = r.service
      and w.environment = r.environment
      and w.live_at < r.failed_at
      and w.kind <> 'rollback'
      and case when g.live_at is null then w.position > r.position else w.live_at > g.live_at end
  left join model.commit as k on k.repository = w.repository and k.sha = w.sha
  left join model.branch_commit as b on b.repository = r.repository and b.tip = r.failed_sha and b.sha = w.sha
  where
    r.failed_basis = 'time'
    or w.position_basis = 'time'
    or (w.is_on_main_line and w.position <= r.failed_position)
    or k.mainline_position <= r.failed_position
    or b.sha is not null
  union all
  select failed_wave_id as wave_id, service, wave_id as rollback_wave_id, live_at, true as is_failure
  from rollback
),
ranked as (
  select
    wave_id, service, rollback_wave_id, is_failure,
    row_number() over (partition by wave_id order by live_at, rollback_wave_id) as choice
  from removed
)
select wave_id, service, rollback_wave_id
from ranked
where choice = 1 and not is_failure
order by wave_id, rollback_wave_id
