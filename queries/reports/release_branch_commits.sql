/*
title: Commits of releases that never reached the main line
grain: one row per release and commit that only its release branch brought to production
description: They are no changes and have no lead time, but they ran in production.
*/
select
  w.service,
  w.version,
  b.sha,
  b.subject,
  case when b.author is null then 'not recorded' else coalesce(a.shown_as, 'withheld') end as author,
  b.committed_at,
  b.cherry_picked_from
from reports.release_waves as w
join model.wave_branch_commit as b on b.wave_id = w.wave_id
left join model.actor as a on a.login = b.author
order by w.service, w.version, b.committed_at, b.sha
