/*
title: Fail rates of teams, services and applications against the rest
grain: one row per team, service and application with a deployment of known outcome
audience: leadership
description: >
  Over the whole history, in order of name: no ranking. A difference is called one only where an exact test says so after correction for all of its kind. An application
  is what several services that are built from one repository make up.
columns:
  scope_kind: team, service or application
  scope: Name of the team or service; repository of the application
  known_outcomes: Production deployments whose outcome is known
  failed_deployments: How many of them failed
  fail_ratio: Failed to known
  interval_low_ratio: Lower end of the 95 % interval (Wilson)
  interval_high_ratio: Upper end of the 95 % interval (Wilson)
  rest_known_outcomes: The same of all other deployments of the organisation
  rest_failed_deployments: How many of them failed
  rest_fail_ratio: Failed to known
  p: Two-sided p against the rest (Fisher)
  adjusted_p: The same corrected for all of its kind (Holm); missing where there is too little to test
  verdict: more, fewer, no_difference_found or not_enough_evidence
  sentence: The verdict in words
*/
select
  scope_kind,
  scope,
  n as known_outcomes,
  failed as failed_deployments,
  rate as fail_ratio,
  interval_low as interval_low_ratio,
  interval_high as interval_high_ratio,
  rest_n as rest_known_outcomes,
  rest_failed as rest_failed_deployments,
  rest_rate as rest_fail_ratio,
  p,
  adjusted_p,
  verdict,
  sentence
from correlation.scope_difference
order by scope_kind, scope
