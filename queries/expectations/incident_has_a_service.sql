/*
title: Every incident names a service
grain: one row per source with incidents that name no service and are linked to no deployment
description: Those of PagerDuty, ServiceNow and Jira that name a service, item or component of theirs stand under what is not mapped.
*/
select
  i.source as subject,
  count(*) as rows,
  'They are in no figure: it is not known what they hit.' as effect,
  'Map service of its incidents, or what caused them.' as remedy
from model.incident as i
join staging.source as s on s.source = i.source
where
  i.service is null
  and s.collector <> 'pagerduty'
  and not exists (select 1 from staging.servicenow_incident as n where n.source = i.source and n.id = i.native_id and n.item is not null)
  and not exists (
    select 1
    from staging.jira_issue as j
    join staging.jira_service as n on n.source = j.source and n.issue_id = j.issue_id
    where j.source = i.source and j.id = i.native_id
  )
  and not exists (select 1 from correlation.incident_link as l where l.incident_id = i.incident_id and l.is_accepted)
group by i.source
order by i.source
