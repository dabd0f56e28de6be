/*
title: Quality of links
grain: one row
rule: Precision and recall at the present threshold with 95 % intervals (Wilson), and at the one with the highest F1
version: 1
*/
with labelled as (
  select count(distinct incident_id) as incidents, count(distinct incident_id) filter (where wave_id is null) as without_change
  from correlation.labelled_link
)
select
  l.incidents,
  l.without_change,
  p.causes,
  p.threshold,
  p.accepted,
  p.correct,
  p.precision,
  a.low as precision_low,
  a.high as precision_high,
  p.recall,
  r.low as recall_low,
  r.high as recall_high,
  p.f1,
  b.threshold as best_threshold,
  b.precision as best_precision,
  b.recall as best_recall,
  b.f1 as best_f1
from labelled as l
cross join correlation.link_curve as p
cross join correlation.link_curve as b
left join correlation.link_limit as a on a.n = p.accepted and a.hits = p.correct
left join correlation.link_limit as r on r.n = p.causes and r.hits = p.correct
where p.is_present and b.is_best
order by incidents
