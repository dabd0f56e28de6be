/*
title: Changes undone or fixed in production
grain: one row per service, change undone and later production change that reverts it or names it in a fix
rule: >
  A later production revert or fix names a change that a wave first shipped. A revert of something never deployed, or
  shipped together with it, is nothing; a revert of a revert is a re-landing, and a revert of that one a revert again (design 3)
version: 1
*/
with recursive revert_step as (
  select r.change_id, r.target_id
  from model.change_reference as r
  join model.change as c on c.change_id = r.change_id
  join model.change as t on t.change_id = r.target_id
  where r.relation = 'reverts' and r.target_kind = 'change' and (t.merged_at, t.change_id) < (c.merged_at, c.change_id)
),
chain as (
  select distinct s.change_id, 1 as length
  from revert_step as s
  where not exists (select 1 from revert_step as b where b.change_id = s.target_id)
  union
  select s.change_id, c.length + 1 as length
  from chain as c
  join revert_step as s on s.target_id = c.change_id
),
undoing as (
  select change_id
  from chain
  where length % 2 = 1
  group by change_id
)
select distinct
  bad.service,
  bad.wave_id,
  bad.change_id,
  good.change_id as revert_change_id,
  good.wave_id as revert_wave_id,
  r.relation
from model.change_reference as r
join model.wave_change as bad on bad.change_id = r.target_id and not bad.is_before_history
join model.wave_change as good on good.change_id = r.change_id and good.service = bad.service
join model.wave as bad_wave on bad_wave.wave_id = bad.wave_id
join model.wave as good_wave on good_wave.wave_id = good.wave_id
left join undoing as u on u.change_id = bad.change_id
where
  r.target_kind = 'change'
  and (good_wave.live_at, good_wave.wave_id) > (bad_wave.live_at, bad_wave.wave_id)
  and (r.relation <> 'reverts' or u.change_id is null)
order by bad.service, bad.wave_id, bad.change_id, revert_change_id, r.relation
