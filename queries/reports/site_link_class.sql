/*
title: Links by class
grain: one row per class
description: Of the links that count and of those that do not, beside what people said of them.
*/
with named(class, class_order) as (
  values ('stated', 1), ('strong', 2), ('likely', 3), ('weak', 4)
)
select
  n.class,
  count(l.incident_id) as candidates,
  count(l.incident_id) filter (where l.is_accepted) as accepted,
  count(l.incident_id) filter (where l.is_confirmed) as confirmed,
  count(l.incident_id) filter (where l.is_rejected) as rejected,
  c.links as judged,
  c.correct,
  c.mean_confidence,
  c.share_correct,
  c.interval_low,
  c.interval_high
from named as n
left join correlation.incident_link as l on l.class = n.class
left join correlation.link_calibration as c on c.class = n.class
group by n.class, n.class_order, c.links, c.correct, c.mean_confidence, c.share_correct, c.interval_low, c.interval_high
order by n.class_order
