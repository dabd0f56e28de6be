/*
title: Actions of retrospectives and whether their metric moved
grain: one row per team, quarter and action decided before and followed up in that quarter
audience: teams
columns:
  team: Name of the team
  quarter: Quarter of the retrospective that follows it up
  action_id: Identifier of the action
  title: What is to be done
  owner: Role or team that does it
  decided_for: Quarter of the retrospective that decided it
  due_on: By when
  status: open, done or dropped
  is_overdue: True where it is open past its day
  metric: What it should move
  unit: Unit of the metric
  wanted: up or down
  target: What the metric should come to
  before_value: The metric in the quarter that was looked back on
  before_low: Lower end of its 95 % interval
  before_high: Upper end of its 95 % interval
  now_value: The metric in the quarter of this retrospective
  now_low: Lower end of its 95 % interval
  now_high: Upper end of its 95 % interval
  verdict: as meant, other way, moved, unclear, too few, not comparable, no data, no metric or unknown metric
  is_target_met: Whether the value reaches the target
*/
select
  team, quarter, action_id, title, owner, decided_for, due_on, status, is_overdue, metric, unit, wanted, target,
  before_value, before_low, before_high, now_value, now_low, now_high, verdict, is_target_met
from reports.retrospective_action
order by team, quarter, position
