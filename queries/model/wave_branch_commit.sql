/*
title: Commits that only a release branch brought to production
grain: one row per production wave off the main line and commit that it was the first to ship and that is no change of the main line
description: >
  They are no changes, since they never reached the main line, and have no lead time; but they ran in production, so they are shown.
  A commit that is a cherry-pick of a change says which by `cherry_picked_from`.
*/
with content as (
  select
    w.wave_id,
    w.service,
    w.repository,
    b.sha,
    row_number() over (partition by w.service, b.sha order by w.live_at, w.wave_id) as choice
  from model.wave as w
  join model.branch_commit as b on b.repository = w.repository and b.tip = w.sha
)
select
  t.wave_id,
  t.service,
  t.repository,
  t.sha,
  c.subject,
  c.author,
  c.committed_at,
  c.cherry_picked_from
from content as t
join model.commit as c on c.repository = t.repository and c.sha = t.sha
left join model.change_commit as m on m.repository = t.repository and m.sha = t.sha
left join model.wave_change as s on s.change_id = m.change_id and s.service = t.service and s.wave_id = t.wave_id
where t.choice = 1 and not c.is_merge and s.change_id is null
order by t.wave_id, c.committed_at, t.sha
