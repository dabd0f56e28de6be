/*
title: Labels of incidents
grain: one row per incident and label
*/
with labelled as (
  select source, id, unnest(labels) as label
  from staging.files_incident_label
  union all
  select source, id, unnest(labels) as label
  from staging.events_incident
  union all
  select source, id, unnest(labels) as label
  from staging.github_issue
  where is_incident
  union all
  select source, id, unnest(labels) as label
  from staging.gitlab_issue
  where is_incident
  union all
  select source, id, unnest(labels) as label
  from staging.jira_issue
  where kind = 'incident'
)
select distinct i.incident_id, l.label
from labelled as l
join model.incident as i on i.source = l.source and i.native_id = l.id
where l.label <> ''
order by i.incident_id, l.label
