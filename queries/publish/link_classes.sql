/*
title: Links by class
grain: one row per class of evidence
audience: leadership
description: Links that count and that do not, beside what people said of them.
columns:
  class: Strongest kind of evidence
  candidates: Links of the class
  accepted: Links that count as cause
  confirmed: Links that people confirmed
  rejected: Links that people rejected
  judged: Links of incidents whose cause people told
  correct: Of those the right ones
  mean_confidence_ratio: Mean confidence of those, from 0 to 1
  correct_ratio: Right ones to judged, from 0 to 1
  interval_low_ratio: Lower end of the 95 % interval (Wilson)
  interval_high_ratio: Upper end of the 95 % interval (Wilson)
*/
select
  class,
  candidates,
  accepted,
  confirmed,
  rejected,
  judged,
  correct,
  mean_confidence as mean_confidence_ratio,
  share_correct as correct_ratio,
  interval_low as interval_low_ratio,
  interval_high as interval_high_ratio
from reports.site_link_class
order by class
