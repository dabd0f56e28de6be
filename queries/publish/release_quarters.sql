/*
title: Releases by quarter
grain: one row per quarter in which a release is filed
audience: teams
columns:
  quarter: Quarter, or what is not dated
  releases: Releases
  services: Services that they are of
  live_releases: Releases that went live in production
  changes: Changes that they brought to production
  failed_releases: Releases that failed or were rolled back
  rolled_back_releases: Releases that were rolled back
  incidents: Incidents linked to them
*/
select
  quarter_label as quarter,
  releases,
  services,
  live as live_releases,
  changes,
  failed as failed_releases,
  rolled_back as rolled_back_releases,
  incidents
from reports.site_release_quarter
order by position
