/*
title: Quarters that teams look back on
grain: one row per team and quarter, of the four newest quarters that are over
audience: teams
columns:
  team: Name of the team
  quarter: Quarter, such as 2026-Q2
  period_start: Where it begins
  period_end: Where it ends
  deployments: Production deployments of its services while it owned them
  changes: Changes that they brought to production
  known: Deployments whose outcome is known
  failures: How many of them failed
  pending: Deployments within the observation window
  incidents: Incidents that began in its services
  is_few: True where fewer than six deployments have a known outcome
*/
select team, quarter, period_start, period_end, deployments, changes, known, failures, pending, incidents, is_few
from reports.retrospective_quarter
order by team, period_start
