/*
title: Changes undone or fixed in production
grain: one row per service, changed undone and later production change that reverts it or names it in a fix
rule: >
  A later production revert or fix names a change that a wave first shipped. A revert of something never deployed, or
  shipped together with it, is nothing; a revert of a revert is a re-landing (design 3)
version: 1
*/
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
where
  r.target_kind = 'change'
  and (good_wave.live_at, good_wave.wave_id) > (bad_wave.live_at, bad_wave.wave_id)
  and not (
    r.relation = 'reverts'
    and exists (select 1 from model.change_reference as again where again.change_id = bad.change_id and again.relation = 'reverts')
  )
order by bad.service, bad.wave_id, bad.change_id, revert_change_id, r.relation
