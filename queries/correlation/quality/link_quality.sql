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
  case when p.accepted > 0 then round(
    greatest((p.correct + 1.920729410347062 - 1.959963984540054 * sqrt(p.correct::double * (p.accepted - p.correct) / p.accepted + 0.960364705173531)) / (p.accepted + 3.841458820694124), 0), 6
  ) end as precision_low,
  case when p.accepted > 0 then round(
    least((p.correct + 1.920729410347062 + 1.959963984540054 * sqrt(p.correct::double * (p.accepted - p.correct) / p.accepted + 0.960364705173531)) / (p.accepted + 3.841458820694124), 1), 6
  ) end as precision_high,
  p.recall,
  case when p.causes > 0 then round(
    greatest((p.correct + 1.920729410347062 - 1.959963984540054 * sqrt(p.correct::double * (p.causes - p.correct) / p.causes + 0.960364705173531)) / (p.causes + 3.841458820694124), 0), 6
  ) end as recall_low,
  case when p.causes > 0 then round(
    least((p.correct + 1.920729410347062 + 1.959963984540054 * sqrt(p.correct::double * (p.causes - p.correct) / p.causes + 0.960364705173531)) / (p.causes + 3.841458820694124), 1), 6
  ) end as recall_high,
  p.f1,
  b.threshold as best_threshold,
  b.precision as best_precision,
  b.recall as best_recall,
  b.f1 as best_f1
from labelled as l
cross join correlation.link_curve as p
cross join correlation.link_curve as b
where p.is_present and b.is_best
order by incidents
