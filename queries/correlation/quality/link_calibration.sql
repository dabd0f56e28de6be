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
  class,
  links,
  correct,
  round(mean_confidence, 6) as mean_confidence,
  round(correct::double / links, 6) as share_correct,
  round(
    greatest((correct + 1.920729410347062 - 1.959963984540054 * sqrt(correct::double * (links - correct) / links + 0.960364705173531)) / (links + 3.841458820694124), 0), 6
  ) as interval_low,
  round(
    least((correct + 1.920729410347062 + 1.959963984540054 * sqrt(correct::double * (links - correct) / links + 0.960364705173531)) / (links + 3.841458820694124), 1), 6
  ) as interval_high
from counted
order by case class when 'stated' then 1 when 'strong' then 2 when 'likely' then 3 else 4 end
