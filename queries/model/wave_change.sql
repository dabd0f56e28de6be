/*
title: Changes first shipped by a wave
grain: one row per service and change that reached production
rule: a change's deployment is the first in time that contains it, never the nearest position (design 3)
description: >
  On the main line only a wave that sets a new highest position can be first. A change that the graph does not know is
  contained by time: in the first deployment that started after its merge; rollbacks, redeployments and versions deployed before bring nothing new. A wave off the main line also
  contains what is only on its branch: the change's merge commit, or a cherry-pick of it. `is_before_history` marks what may
  have shipped before the first known deployment.
*/
with version_wave as (
  select wave_id, row_number() over (partition by service, identity order by live_at, wave_id) = 1 as is_new
  from model.wave_position
),
place as (
  select w.wave_id, w.service, w.live_at, w.repository, 'graph' as basis, w.position
  from model.wave as w
  join version_wave as v on v.wave_id = w.wave_id
  where w.position_basis = 'graph' or (w.kind = 'deployment' and v.is_new)
  union all
  select w.wave_id, w.service, w.live_at, null as repository, 'time' as basis, epoch(w.started_at)::bigint as position
  from model.wave as w
  join version_wave as v on v.wave_id = w.wave_id
  where w.kind = 'deployment' and v.is_new
),
frontier as (
  select
    wave_id,
    service,
    live_at,
    repository,
    basis,
    position,
    coalesce(
      max(position) over (
        partition by service, basis, repository
        order by live_at, wave_id
        rows between unbounded preceding and 1 preceding
      ),
      -1
    ) as position_before
  from place
),
-- Waves that set no new highest position contain nothing first.
advance as (
  select wave_id, service, live_at, case when basis = 'time' then '' else repository end as repository, basis, position, position_before
  from frontier
  where position > position_before
),
main_line_change as (
  select s.service, c.change_id, c.merged_at, case when c.position_basis = 'graph' then c.repository else '' end as repository, c.position_basis as basis, c.position
  from model.change as c
  join model.change_service as s on s.change_id = c.change_id
),
-- Changes and waves in one line by position: each change goes with the next wave on it, so that no change is held against every wave.
in_line as (
  select service, basis, repository, position, 0 as is_wave, change_id, merged_at, null as wave_id, null::timestamptz as live_at, null::bigint as position_before
  from main_line_change
  where position is not null
  union all
  select service, basis, repository, position, 1 as is_wave, null as change_id, null::timestamptz as merged_at, wave_id, live_at, position_before
  from advance
),
numbered as (
  select
    service, basis, repository, position, is_wave, change_id, merged_at, wave_id, live_at, position_before,
    count(wave_id) over (partition by service, basis, repository order by position desc, is_wave desc) as next_wave
  from in_line
),
on_main_line as (
  select c.service, c.change_id, c.merged_at, w.wave_id, w.live_at
  from numbered as c
  join numbered as w
    on
      w.service = c.service and w.basis = c.basis and w.repository = c.repository and w.next_wave = c.next_wave
      and w.is_wave = 1
      and c.position > w.position_before
  where c.is_wave = 0
),
branch_content as (
  select b.repository, b.tip, b.sha
  from model.branch_commit as b
  union
  select b.repository, b.tip, unnest(k.cherry_picked_from) as sha
  from model.branch_commit as b
  join model.commit as k on k.repository = b.repository and k.sha = b.sha
),
-- Few changes have a commit on a branch: the others are left out before anything is counted.
on_some_branch as (
  select distinct m.repository, m.change_id
  from model.change_commit as m
  join branch_content as b on b.repository = m.repository and b.sha = m.sha
),
part_of_those as (
  select m.repository, m.sha, m.change_id
  from model.change_commit as m
  join on_some_branch as o on o.repository = m.repository and o.change_id = m.change_id
),
only_commit as (
  select p.repository, p.change_id, min(p.sha) as sha
  from model.commit as k
  join part_of_those as p on p.repository = k.repository and p.sha = k.sha
  where not k.is_merge
  group by p.repository, p.change_id
  having count(*) = 1
),
branch_change as (
  select c.change_id, b.repository, b.tip
  from model.change as c
  join branch_content as b on b.repository = c.repository and b.sha = c.merge_sha
  union
  select c.change_id, b.repository, b.tip
  from only_commit as c
  join branch_content as b on b.repository = c.repository and b.sha = c.sha
),
dated_branch_change as (
  select c.change_id, c.merged_at, b.repository, b.tip
  from model.change as c
  join branch_change as b on b.change_id = c.change_id
),
on_branch as (
  select s.service, s.change_id, c.merged_at, c.repository, c.tip
  from model.change_service as s
  join dated_branch_change as c on c.change_id = s.change_id
),
branch_wave as (
  select c.service, c.change_id, c.merged_at, w.wave_id, w.live_at
  from model.wave as w
  join on_branch as c on c.service = w.service and c.repository = w.repository and c.tip = w.sha
),
-- On the main line a change has one wave of a service: only with waves off it there is a choice.
contested as (
  select service, change_id
  from branch_wave
  group by service, change_id
),
containing as (
  select m.service, m.change_id, m.merged_at, m.wave_id, m.live_at
  from on_main_line as m
  join contested as c on c.service = m.service and c.change_id = m.change_id
  union all
  select service, change_id, merged_at, wave_id, live_at
  from branch_wave
),
ranked as (
  select
    service, change_id, merged_at, wave_id,
    row_number() over (partition by service, change_id order by live_at, wave_id) as choice
  from containing
),
first_wave as (
  select m.service, m.change_id, m.merged_at, m.wave_id
  from on_main_line as m
  left join contested as c on c.service = m.service and c.change_id = m.change_id
  where c.change_id is null
  union all
  select service, change_id, merged_at, wave_id
  from ranked
  where choice = 1
)
select
  f.service,
  f.change_id,
  f.wave_id,
  (h.complete_from is null or f.merged_at < h.complete_from)
  and (w.is_first or (f.merged_at < h.first_live_at and coalesce(w.live_at <= h.main_line_from, true))) as is_before_history
from first_wave as f
join model.wave as w on w.wave_id = f.wave_id
join model.deployment_history as h on h.service = f.service
order by f.service, f.change_id
