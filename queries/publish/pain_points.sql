/*
title: Pain points of teams and quarters
grain: one row per team, quarter and pain point
audience: teams
columns:
  team: Name of the team
  quarter: Quarter, such as 2026-Q2
  position: Order in which pages list them
  kind: open failures, metric, failures, stage, control, pattern, measure, support or action
  subject: Stage, service, control, metric, measure or action
  value: What was measured of it
  unit: Unit of the value
  total: What it is a part of
  before: The same in the quarter before
  actions: Open actions that mean to move the same metric
*/
select team, quarter, position, kind, subject, value, unit, total, before, actions
from reports.retrospective_pain
order by team, quarter, position
