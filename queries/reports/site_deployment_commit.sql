/*
title: Commits that only a release branch brought with a production deployment
grain: one row per wave and commit that is no change of the main line and is not listed as the way by which one came
description: They have no lead time. `picked_from` names the commit of the main line that a cherry-pick repeats.
*/
select
  b.service,
  p.month,
  b.wave_id,
  row_number() over (partition by b.wave_id order by b.committed_at, b.sha) as position,
  b.sha,
  b.subject,
  a.shown_as as author,
  b.committed_at,
  b.cherry_picked_from as picked_from
from model.wave_branch_commit as b
join reports.site_wave_place as p on p.wave_id = b.wave_id
left join reports.site_deployment_change as c on c.wave_id = b.wave_id and c.picked_as = b.sha
left join model.actor as a on a.login = b.author
where c.picked_as is null
order by b.service, p.month, b.wave_id, position
