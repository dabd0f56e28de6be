/*
title: Incidents of GitHub
description: Issues by label. Severity is a label such as sev1, severity:high or P2. One that was closed as not planned ended like any other.
grain: one row per source and id
*/
select
  source,
  id,
  service,
  title,
  list_min(list_filter(labels, lambda label: regexp_matches(lower(label), '^(sev(erity)?[-: /]?\w+|p[0-5])$'))) as severity,
  cast(null as varchar) as classification,
  created_at as started_at,
  cast(null as timestamptz) as detected_at,
  cast(null as timestamptz) as acknowledged_at,
  cast(null as timestamptz) as mitigated_at,
  closed_at as resolved_at,
  cast(null as varchar[]) as caused_by,
  cast(null as varchar) as cause,
  url,
  cast(null as varchar) as environment
from staging.github_issue
where is_incident
order by source, id
