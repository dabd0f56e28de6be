/*
title: Emergency changes by month
grain: one row per month in which change requests were filed
audience: leadership
columns:
  month: Month, yyyy-mm, in the organisation's time zone
  requests: Change requests filed
  typed: Those whose type is known
  emergencies: Those of type emergency
  emergency_ratio: Emergencies to those whose type is known, from 0 to 1
  reviewed: Emergencies that were reviewed in time (EMG-02)
  not_reviewed: Emergencies that were not
  review_exempt: Emergencies whose review an exemption covers
  review_not_due: Emergencies whose review is not due yet
  review_unknown: Emergencies of which nobody knows
  review_not_judged: Emergencies called off, or outside of the scope that the configuration gives EMG-02
*/
select
  month, requests, typed, emergencies, ratio as emergency_ratio, reviewed, not_reviewed, review_exempt, review_not_due, review_unknown,
  review_not_judged
from reports.site_emergency_month
order by position
