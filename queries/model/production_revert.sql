/*
title: Changes undone or fixed in production
grain: one row per service, change undone and later production change that reverts it or names it in a fix
rule: >
  A later production revert or fix names a change that a wave first shipped. A revert of something never deployed, or
  shipped together with it, is nothing; a revert of a revert is a re-landing, and a revert of that one a revert again (design 3)
version: 1
*/
with recursive reference as (
  select change_id, target_id, relation
  from model.change_reference
  where target_kind = 'change'
),
-- Few changes undo or fix another one: what is known of the others is left aside.
in_reference as (
  select change_id
  from reference
  union
  select target_id as change_id
  from reference
),
merged as (
  select c.change_id, c.merged_at
  from model.change as c
  join in_reference as n on n.change_id = c.change_id
),
shipped as (
  select s.change_id, s.service, s.wave_id, s.is_before_history
  from model.wave_change as s
  join in_reference as n on n.change_id = s.change_id
),
live as (
  select s.change_id, s.service, s.wave_id, s.is_before_history, w.live_at
  from model.wave as w
  join shipped as s on s.wave_id = w.wave_id
),
revert_step as (
  select r.change_id, r.target_id
  from reference as r
  join merged as c on c.change_id = r.change_id
  join merged as t on t.change_id = r.target_id
  where r.relation = 'reverts' and (t.merged_at, t.change_id) < (c.merged_at, c.change_id)
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
from reference as r
join live as bad on bad.change_id = r.target_id and not bad.is_before_history
join live as good on good.change_id = r.change_id and good.service = bad.service
left join undoing as u on u.change_id = bad.change_id
where
  (good.live_at, good.wave_id) > (bad.live_at, bad.wave_id)
  and (r.relation <> 'reverts' or u.change_id is null)
order by bad.service, bad.wave_id, bad.change_id, revert_change_id, r.relation
