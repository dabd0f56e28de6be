/*
title: Risk patterns
grain: one row per scope and pattern with a deployment that has it and one that has not
audience: leadership
description: >
  Which attributes of deployments go with failures: an association, not a cause. Of a number the highest quarter of the deployments is "with", the lowest
  "without". What was tested and not found, and what could not be tested, is listed too.
columns:
  scope_kind: organisation or service
  scope: Organisation, or name of the service
  attribute: What is looked at
  level: yes; the category; empty for a number
  kind: flag, category or number
  title: Attribute as people read it
  verdict: found, not_enough_evidence or not_found
  direction: Whether more or fewer deployments with it fail, within services
  sentence: The row in words
  reason: Why the verdict
  next_step: What to look at next if it is a pattern
  with_deployments: Deployments with it whose outcome is known
  with_failed: How many of them failed
  without_deployments: Deployments without it whose outcome is known
  without_failed: How many of them failed
  with_fail_ratio: Failed to known, with it
  without_fail_ratio: Failed to known, without it
  relative_risk: With to without, as counted
  relative_risk_low: Lower end of its 95 % interval
  relative_risk_high: Upper end of its 95 % interval
  difference_ratio: With minus without, as counted
  difference_low_ratio: Lower end of its 95 % interval (Newcombe)
  difference_high_ratio: Upper end of its 95 % interval (Newcombe)
  services: Services that have both, and so can be compared with themselves
  adjusted_risk: Relative risk within services (Mantel and Haenszel)
  adjusted_risk_low: Lower end of its 95 % interval
  adjusted_risk_high: Upper end of its 95 % interval
  first_half_risk: The same in the first half of the history
  second_half_risk: The same in the second half
  holds_in_halves: True where both halves point the same way
  is_tested: True where there was enough to test
  p: Two-sided p as counted; Fisher's exact test, of a number the trend of Cochran and Armitage
  q_as_counted: The same corrected for the number of tests (Benjamini and Hochberg)
  adjusted_p: p within services (Cochran, Mantel and Haenszel)
  halves_p: p within services and halves of the history
  days_p: p over days, where one bad day may fail many deployments
  weeks_p: p over weeks
  judged_p: The largest of the p within services
  q: The same corrected for the number of tests; the verdict follows it
  tests: How many tests it is corrected for
*/
select
  scope_kind, scope, attribute, level, kind, title, verdict, direction, sentence, reason, next_step,
  with_n as with_deployments,
  with_failed,
  without_n as without_deployments,
  without_failed,
  with_rate as with_fail_ratio,
  without_rate as without_fail_ratio,
  relative_risk,
  risk_low as relative_risk_low,
  risk_high as relative_risk_high,
  difference as difference_ratio,
  difference_low as difference_low_ratio,
  difference_high as difference_high_ratio,
  strata as services,
  adjusted_risk,
  adjusted_low as adjusted_risk_low,
  adjusted_high as adjusted_risk_high,
  first_half_risk,
  second_half_risk,
  holds_in_halves,
  is_tested,
  p,
  q_as_counted,
  adjusted_p,
  halves_p,
  days_p,
  weeks_p,
  judged_p,
  q,
  tests
from correlation.risk_pattern
order by scope_kind, scope, attribute, level
