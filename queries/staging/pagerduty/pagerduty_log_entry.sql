/*
title: What happened to incidents of PagerDuty
description: Notifications of people are left out when it is collected.
grain: one row per source and log entry
*/
select
  source,
  id,
  payload ->> '$.incident.id' as incident,
  regexp_replace(payload ->> '$.type', '_log_entry$', '') as kind,
  staging.instant(payload ->> '$.created_at') as "at",
  payload ->> '$.agent.summary' as agent,
  case
    when (payload ->> '$.type') = 'annotate_log_entry'
      then trim(coalesce(payload ->> '$.note', payload ->> '$.channel.summary', payload ->> '$.channel.content'))
  end as note
from staging.pagerduty_record
where stream = 'log_entry'
order by source, incident, "at", id
