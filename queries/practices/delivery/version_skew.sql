/*
measure: version_skew
title: Releases behind
question: How many releases behind a shared component are the services that depend on it?
rule: >
  One fact per service, component that it pins a version of, and month that is over: the releases of the component that are newer than the pinned one at the end of the month.
version: 1
unit: releases
statistic: median
better: lower
made_from: [pinned_version, release]
connect: a file of the versions that services pin, and the releases of what they depend on, would bring them
fact: month of a dependency
facts: months of dependencies
cut: component
*/
select
  service,
  occurred_at,
  releases_behind as value,
  null as is_hit,
  component || ' ' || month as subject,
  component as cut
from practices.version_gap
order by occurred_at, subject, service
