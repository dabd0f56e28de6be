/*
title: Sources
grain: one row per source of quarterdeck.yaml
audience: leadership
columns:
  source: Name of the source
  collector: What reads it
  records: Records of it that are in force
  rejected_rows: Rows of it that could not be taken in
  newest_at: Newest event or change of a record, as the source dates it
  stale_seconds: From that to as-of
*/
select source, collector, records, rejected as rejected_rows, newest_at, stale_seconds
from reports.site_source
order by source
