/*
title: Calibration of links
grain: one row per class
rule: >
  Of all links of a class to incidents whose cause is known, the share that is right, with its 95 % interval (Wilson), beside the mean confidence: where the two agree, a confidence
  may be read as a probability
version: 1
*/
with counted as (
  select class, count(*) as links, count(*) filter (where is_true) as correct, avg(confidence) as mean_confidence
  from correlation.judged_link
  group by class
)
select
  c.class,
  c.links,
  c.correct,
  round(c.mean_confidence, 6) as mean_confidence,
  round(c.correct::double / c.links, 6) as share_correct,
  l.low as interval_low,
  l.high as interval_high
from counted as c
join correlation.link_limit as l on l.n = c.links and l.hits = c.correct
order by case c.class when 'stated' then 1 when 'strong' then 2 when 'likely' then 3 else 4 end
