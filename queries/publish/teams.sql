/*
title: Teams
grain: one row per team
audience: leadership
columns:
  team: Name of the team
  title: Name that people read
  services: Services that it owns at as-of
*/
select team, title, services
from reports.site_team
order by team
