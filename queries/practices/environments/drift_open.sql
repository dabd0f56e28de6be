/*
measure: drift_open
title: Scans that find drift
question: How often does a scan find differences that nobody approved?
rule: Scans for drift that say how many differences are not approved; a hit where there is one.
version: 1
unit: ratio
statistic: share
better: lower
made_from: [drift_scan]
connect: the results of a scan for configuration drift, such as a file that the scanner writes, would bring them
fact: scan
facts: scans
cut: environment
*/
select
  service,
  scanned_at as occurred_at,
  null as value,
  unapproved > 0 as is_hit,
  drift_scan_id as subject,
  environment as cut
from model.drift_scan
where unapproved is not null
order by occurred_at, subject
