/*
title: Rigour against speed
grain: one row per part of the version that releases raise, and per type of change request
audience: leadership
description: The twelve months before as-of.
columns:
  path_kind: step (part of the version) or type (of change request)
  path: major, minor or patch; or the type
  waits: Approved change requests
  wait_seconds: Median wait for approval
  wait_low: Lower end of its 95 % interval
  wait_high: Upper end of its 95 % interval
  outcomes: Releases, or production deployments, whose outcome is known
  failures: Change failures among them
  fail_rate: Their share
  fail_low: Lower end of its 95 % interval
  fail_high: Upper end of its 95 % interval
*/
select path_kind, path, waits, wait_seconds, wait_low, wait_high, outcomes, failures, fail_rate, fail_low, fail_high
from reports.site_rigour
order by position
