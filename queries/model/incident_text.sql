/*
title: What is written on incidents
grain: one row per incident, place and text
description: >
  Titles, descriptions, causes in words, notes, links, reviews afterwards: where people name what they suspect. A text is cut at 20,000 characters.
*/
with written as (
  select incident_id, 'title' as place, title as text
  from model.incident
  union all
  select incident_id, 'cause', cause
  from model.incident
  union all
  select source || ':' || id, place, text
  from staging.files_incident_text
  union all
  select source || ':' || id, 'description', description
  from staging.events_incident
  union all
  select source || ':' || id, 'post-mortem', post_mortem
  from staging.events_incident
  union all
  select source || ':' || id, 'link', array_to_string(links, ' ')
  from staging.events_incident
  union all
  select source || ':' || id, 'description', description
  from staging.github_incident_text
  union all
  select source || ':' || id, 'description', description
  from staging.gitlab_incident_text
  union all
  select source || ':' || id, place, text
  from staging.jira_incident_text
  union all
  select source || ':' || id, place, text
  from staging.servicenow_incident_text
  union all
  select source || ':' || incident, 'note', note
  from staging.pagerduty_log_entry
  where "at" < getvariable('as_of')
  union all
  select i.incident_id, 'review', r.anomalies
  from model.post_implementation_review as r
  join model.incident as i on i.native_id = r.incident
  union all
  select i.incident_id, 'review', r.feedback
  from model.post_implementation_review as r
  join model.incident as i on i.native_id = r.incident
)
select distinct w.incident_id, w.place, left(w.text, 20000) as text
from written as w
join model.incident as i on i.incident_id = w.incident_id
where w.text <> ''
order by w.incident_id, w.place, text
