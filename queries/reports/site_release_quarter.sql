/*
title: Releases by quarter on pages
grain: one row per group of the list of releases, newest first by `position`
*/
select
  quarter_label,
  min(position) as position,
  count(*) as releases,
  count(distinct service) as services,
  count(live_at) as live,
  sum(changes)::bigint as changes,
  count(*) filter (where failed_waves > 0 or rolled_back_at is not null) as failed,
  count(rolled_back_at) as rolled_back,
  sum(incidents)::bigint as incidents
from reports.site_release
group by quarter_label
order by position, quarter_label
