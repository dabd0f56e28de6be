/*
title: Scorecards of releases
grain: one row per release and what it is scored by
audience: teams
part: service
columns:
  service: Name of the service
  version: Version of the release
  position: Place on the card
  aspect: recovery, error rate, user-reported incidents, support tickets, validation, rollback or users
  state: good, bad, told, pending, too few, not live or no data
  value: The number, in its unit; of an error rate the difference
  unit: seconds, ratio, incidents, tickets or deployments
  n: Facts that it is of
  hits: How many of them count
  before_value: Value before the release
  after_value: Value after it
  interval_low: Lower end of the 95 % interval
  interval_high: Upper end of the 95 % interval
  during_seconds: Seconds in which support tickets were counted, before and after
  sources: Sources that hold such records of the service
  connect: What would bring data where there are none
*/
select
  service,
  version,
  position,
  aspect,
  state,
  value,
  unit,
  n,
  hits,
  before_value,
  after_value,
  interval_low,
  interval_high,
  during_seconds,
  sources,
  connect
from reports.release_scorecard
order by service, version, position
