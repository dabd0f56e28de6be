/*
measure: version_skew_age
title: Time behind
question: For how long has there been something newer than what a service depends on?
rule: >
  One fact per service, component that it pins a version of, and month that is over: from when the first newer release of the component came out to the end of the month; 0 where there is none.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [pinned_version, release]
connect: a file of the versions that services pin, and the releases of what they depend on, would bring them
fact: month of a dependency
facts: months of dependencies
cut: service and component
*/
select
  service,
  occurred_at,
  seconds_behind as value,
  null as is_hit,
  component || ' ' || month as subject,
  service || ' on ' || component as cut
from practices.version_gap
order by occurred_at, subject, service
