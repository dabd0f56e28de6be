/*
title: Practices of release management, and what answers for them
grain: one row per practice and place that answers for it
audience: leadership
columns:
  practice: Id of the practice
  module: Its group
  title: What it asks for
  kind: control, measure, metric, page, pack or product
  place: Id of the control, measure or metric; address of the page; section of the pack; document of the product
  state: ok, no data, switched off, or listed (a page, section or document has no number)
  period: Quarter that the numbers are of
  passed: Of a control, units that pass
  failed: Units that fail
  unknown: Units that nobody can judge
  exempt: Units that would fail and are covered by an exemption
  value: Of a metric or measure, its figure for the organisation
  unit: Unit of the figure
  facts: Facts that it is made of
  connect: Where there is no data, what would bring it
  out_of_scope: What of the practice nobody can report on, and why
*/
select
  practice, module_title as module, title, kind, place, state, period_label as period, passed, failed, unknown, exempt, value, unit, n as facts,
  case when state = 'no data' then connect end as connect, out_of_scope
from reports.site_practice
order by practice_position, position
