/*
title: Release trains
grain: one row per train
audience: teams
columns:
  train: Name of the train
  releases: Releases that it carried
  services: Services that they are of
  planned_at: Earliest planned time
  first_live_at: When the first of them went live
  last_live_at: When the last of them went live
  changes: Distinct changes that it carried
  change_facts: Changes, counted once for every service they shipped in
  incidents: Incidents linked to its releases
  failed_releases: Releases that failed or were rolled back
*/
select
  train,
  releases,
  services,
  planned_at,
  first_live_at,
  last_live_at,
  changes,
  change_facts,
  incidents,
  failed as failed_releases
from reports.site_release_train
order by position
