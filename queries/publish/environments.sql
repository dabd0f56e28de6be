/*
title: Environments with how they are made, used and kept, and what they cost
grain: one row per environment below production
audience: leadership
columns:
  environment: Name
  kind: staging, test or development; null = only a bill names it
  is_ephemeral: Whether it is, or was, made for a while
  created_at: When it was made, where that is known
  removed_at: When it was removed
  provisioned_by: code or hand
  code: Where the code stands that made it
  deployments: Deployments to it on record
  last_deployed_at: The last of them
  period: The last quarter that is over
  weeks: Whole weeks of it in which the environment could be deployed to
  idle_weeks: Those in which nothing was
  open_drift: Differences from what it is meant to be that nobody allowed, as the last scans found
  open_differences: Settings that differ from other stages without being meant to, as the last comparisons found
  accepted_differences: Those that are meant to, or were accepted
  exemptions: Exemptions from ENV-02 in force for it
  cost: What the bills of that quarter say; null where they are in several currencies
  currency: Currency of the bills
  idle_cost: What of it falls to idle weeks
*/
select
  environment, kind, is_ephemeral, created_at, removed_at, provisioned_by, code, deployments, last_deployed_at, period_label as period, weeks, idle_weeks, open_drift,
  open_differences, accepted_differences, exemptions, cost, currency, idle_cost
from reports.site_environment
order by position
