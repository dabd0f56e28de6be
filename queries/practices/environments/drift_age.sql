/*
measure: drift_age
title: Time until drift is gone
question: How long does drift stay, once it was found?
rule: From the first scan that finds an unapproved difference to the next scan of the same environment and service that finds none, by the latter. Drift that is still there is not counted.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [drift_scan]
connect: repeated scans for configuration drift would bring them
fact: spell of drift
facts: spells of drift
cut: environment
*/
with scan as (
  select
    drift_scan_id, environment, service, scanned_at, unapproved > 0 as is_drift,
    sum(case when unapproved > 0 then 0 else 1 end) over (
      partition by environment, service order by scanned_at, drift_scan_id rows between unbounded preceding and 1 preceding
    ) as clean_before
  from model.drift_scan
  where unapproved is not null and scanned_at is not null
)
select
  service,
  max(scanned_at) filter (where not is_drift) as occurred_at,
  date_diff('second', min(scanned_at) filter (where is_drift), max(scanned_at) filter (where not is_drift)) as value,
  null as is_hit,
  min(drift_scan_id) filter (where is_drift) as subject,
  environment as cut
from scan
group by environment, service, coalesce(clean_before, 0)
having count(*) filter (where is_drift) > 0 and count(*) filter (where not is_drift) > 0
order by occurred_at, subject
